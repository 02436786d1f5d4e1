// The longest turn of a whole registrar (both protocols, no input and output) when something happens to many elements at
// once: each call of the machine, with everything that it wants done, is one turn of the event loop.
// use: node --expose-gc registrar-stalls.mjs [ELEMENTS]
import { RegistrarMachine } from '@rserpool/registrar/machine';
import { parseIpAddress, poolHandleFromText, seededRandom } from '@rserpool/wire';

const size = Number(process.argv[2] ?? 200_000);
/** Everything runs with few elements first: a turn that waits for code to be compiled occurs once in a process. */
const warmUpElements = 40_000;
const warmUpRounds = 3;
const self = 5;
const peers = [8, 9];
const lifeSeconds = 3_600;
const address = (number) => Uint8Array.of(10, number >> 16, number >> 8, number);
const serverTransport = (identifier) => ({
  protocol: 'sctp',
  port: 9901,
  transportUse: 0,
  addresses: [address(identifier)],
});
const userTransport = {
  protocol: 'sctp',
  port: 7000,
  transportUse: 0,
  addresses: ['10.1.1.1', '10.2.1.1'].map(parseIpAddress),
};
const policy = { type: 'roundRobin' };

let machine;
let now;
let share;
let handles;
let isWarmingUp = true;
let sent;
let turns;
let longest;
let next;

/** CPU time of the process in milliseconds: a turn that the machine gave to a neighbour does not count. */
function milliseconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** One turn of the event loop. */
function turn(work) {
  const start = milliseconds();
  work();
  for (let output = machine.poll(); output !== undefined; output = machine.poll()) {
    const { type } = output.type === 'enrp' && output.output.type === 'send' ? output.output.message : output;
    sent[type] = (sent[type] ?? 0) + 1;
    if (type === 'event') sent[output.event.type] = (sent[output.event.type] ?? 0) + 1;
  }
  const passed = milliseconds() - start;
  turns += 1;
  next.push(passed);
  if (next.length > 1_000) next = next.toSorted((a, b) => b - a).slice(0, 4);
  longest = Math.max(longest, passed);
}

const enrp = (input) => turn(() => machine.handle({ type: 'enrp', input }, now));
const asap = (input) => turn(() => machine.handle({ type: 'asap', input }, now));
const fromPeer = (identifier, message) =>
  enrp({
    type: 'message',
    association: 1_000_000 + identifier,
    message: { ...message, senderIdentifier: identifier, receiverIdentifier: self },
    reports: [],
  });

/** Runs the machine until it wants nothing more before a time. */
function runUntil(end, isDone = () => false) {
  for (let at = machine.nextTimeout(); at !== undefined && at <= end; at = machine.nextTimeout()) {
    now = Math.max(now, at);
    turn(() => machine.handleTimeout(now));
    if (isDone()) return;
  }
  now = Math.max(now, end);
}

function measure(op, work) {
  sent = {};
  turns = 0;
  longest = 0;
  next = [];
  work();
  const nextMs = next.toSorted((a, b) => b - a).slice(1, 4);
  if (!isWarmingUp) console.log(JSON.stringify({ op, turns, longestMs: longest, nextMs, elements: share }));
}

function check(holds, what) {
  if (!holds) throw new Error(`${what} went wrong: ${JSON.stringify(sent)}`);
}

function elementOf(number, homeRegistrar, host) {
  const asapTransport = { protocol: 'sctp', port: 7001, transportUse: 0, addresses: [host] };
  const identifier = Math.imul(number + 1, 2654435761) >>> 0;
  return { identifier, homeRegistrar, registrationLife: lifeSeconds, userTransport, policy, asapTransport };
}

const handleOf = (number) => handles[number % handles.length];

function presence(identifier, checksum) {
  fromPeer(identifier, {
    type: 'ENRP_PRESENCE',
    replyRequired: false,
    checksum,
    serverInformation: { identifier, transport: serverTransport(identifier) },
  });
}

function prepare(elements) {
  share = elements;
  now = 1_000;
  handles = Array.from({ length: elements / 10 }, (_, i) => poolHandleFromText(`pool-${String(i).padStart(8, '0')}`));
  machine = new RegistrarMachine({
    serverIdentifier: self,
    random: seededRandom(1),
    handlespace: { limits: { maximumPoolElements: 2 ** 21, maximumPools: 2 ** 20 } },
    asap: {
      addressVerification: 'off',
      timing: { keepAliveIntervalMs: 1e9, keepAliveTimeoutMs: 1e9 },
      limits: { maximumRegistrationsPerAssociation: 2 ** 21 },
    },
    enrp: { serverTransport: serverTransport(self), peers: [] },
  });
}

/** Own elements over one association, and as many of each of two peers. */
function fill() {
  const remote = { addresses: [address(77)], port: 4000 };
  asap({ type: 'associationUp', association: 900_000, remote, inbound: true });
  for (let number = 0; number < share; number += 1) {
    const { asapTransport: _, ...poolElement } = elementOf(number, 0, address(77));
    const message = { type: 'ASAP_REGISTRATION', poolHandle: handleOf(number), poolElement };
    asap({ type: 'message', association: 900_000, message, reports: [] });
  }
  for (const [index, identifier] of peers.entries()) {
    const endpoint = { addresses: [address(identifier)], port: 9901 };
    enrp({ type: 'associationUp', association: 1_000_000 + identifier, remote: endpoint, inbound: true });
    presence(identifier, 0xffff);
    for (let number = 0; number < share; number += 1) {
      const own = (index + 1) * share + number;
      fromPeer(identifier, {
        type: 'ENRP_HANDLE_UPDATE',
        takeoverSuggested: false,
        action: 0,
        poolHandle: handleOf(own),
        poolElement: elementOf(own, identifier, address(1_000 + (own & 0x7fff))),
      });
    }
  }
}

function runAll(elements) {
  prepare(elements);
  measure('start', () => turn(() => machine.handle({ type: 'start' }, now)));
  measure('fill', fill);
  const { handlespace } = machine;
  check(handlespace.elementCount === 3 * share, 'filling');
  globalThis.gc();
  measure('table download', () => {
    do {
      sent = {};
      fromPeer(9, { type: 'ENRP_HANDLE_TABLE_REQUEST', ownChildrenOnly: false });
      check(sent.ENRP_HANDLE_TABLE_RESPONSE === 1, 'the table');
    } while (machine.nextTimeout() !== undefined && turns < (3 * share) / 256);
  });
  measure('resynchronization, nothing changed', () => {
    presence(9, handlespace.checksum(9));
    presence(9, 0x1234);
    runUntil(now);
    check(sent.ENRP_HANDLE_TABLE_REQUEST === 1, 'asking for the table');
    let after;
    do {
      const page = handlespace.page(after, { homeRegistrar: 9, maximumElements: 256, maximumBytes: 32_000 });
      after = page.next;
      fromPeer(9, {
        type: 'ENRP_HANDLE_TABLE_RESPONSE',
        rejected: false,
        moreToSend: after !== undefined,
        poolEntries: page.poolEntries,
      });
      runUntil(now);
    } while (after !== undefined);
    check(sent.resynchronized === 1 && handlespace.countOf(9) === share, 'the resynchronization');
  });
  measure('resynchronization, all are gone', () => {
    presence(8, 0x1234);
    runUntil(now);
    fromPeer(8, { type: 'ENRP_HANDLE_TABLE_RESPONSE', rejected: false, moreToSend: false, poolEntries: [] });
    runUntil(now);
    check(sent.resynchronized === 1 && handlespace.countOf(8) === 0, 'the purge');
  });
  measure('loss of an association', () => {
    asap({ type: 'associationLost', association: 900_000, reason: 'reset' });
    runUntil(now);
    check(sent.elementAssociationLost === share, 'the loss');
  });
  measure('expiry', () => {
    runUntil(now + lifeSeconds * 999);
    now += lifeSeconds * 1_000;
    presence(9, handlespace.checksum(9));
    runUntil(now);
    check(sent.elementExpired === share, 'the expiry');
  });
  measure('takeover', () => {
    presence(9, handlespace.checksum(9));
    enrp({ type: 'associationLost', association: 1_000_009, reason: 'reset' });
    runUntil(now + 600_000, () => handlespace.countOf(self) === share && sent.elementProbed === share);
    check(sent.takeoverServerSent === 1 && sent.elementProbed === share, 'the takeover');
  });
}

// They stay alive: V8 throws compiled code away with the last object of a class that it was compiled for.
const kept = [];
for (let round = 0; round < warmUpRounds; round += 1) {
  runAll(warmUpElements / 4);
  kept.push(machine);
}
isWarmingUp = false;
globalThis.gc();
runAll(size / 2);
if (kept.length !== warmUpRounds) throw new Error('keeping went wrong');
