// Times one request in, reply out, without input and output: the message is decoded, the registrar's ASAP machine takes
// it with all its checks, timers and events, and its answer is encoded. The counterpart in C is c/request.c: same
// messages, same generator with the same seed, same way to measure.
// use: node --expose-gc request-run.mjs ELEMENTS POOLS MILLISECONDS
import { AsapRegistrarMachine } from '@rserpool/asap';
import { Handlespace } from '@rserpool/handlespace';
import {
  decodeAsapMessage,
  encodeAsapMessage,
  parseIpAddress,
  poolHandleFromText,
  seededRandom,
} from '@rserpool/wire';

const leastSeconds = Number(process.argv[4]) / 1000;
const batch = 256;
const prepared = 32_768;
const items = 4;
/**
 * Header and handle, policy, and four elements with three addresses each, and three more of where the registration came
 * from, which the reference's library leaves out of these messages; header, handle and identifier.
 */
const resolutionBytes = 4 + 20 + 12 + items * (72 + 44);
const registrationBytes = 4 + 20 + 8;
/** A registrar runs for months: what is timed is compiled code that has seen both requests and a smaller handlespace. */
const warmUpSeconds = 1.2;
const warmUpElements = 4_000;

const association = 1;
const addresses = ['10.1.0.1', '10.2.0.1', '2001:db8::1'].map(parseIpAddress);
const userTransport = { protocol: 'sctp', port: 7000, transportUse: 0, addresses };

let state = 0x92d68ca2 | 0;
function below(limit) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 1) % (limit | 0);
}

/** Processor time of all threads, so that collecting garbage counts and the neighbours on the machine do not. */
function seconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function check(holds, what) {
  if (!holds) throw new Error(`${what} went wrong`);
}

let elements = 0;
let pools = 0;
let machine;
let handlespace;
let now = 0;

function open(size, poolCount) {
  elements = size;
  pools = poolCount;
  state = 0x92d68ca2 | 0;
  handlespace = new Handlespace({
    random: seededRandom(1),
    limits: { maximumPoolElements: 2 ** 21, maximumPools: 2 ** 20 },
  });
  let lastAssociation = association;
  machine = new AsapRegistrarMachine({
    handlespace,
    serverIdentifier: 1,
    random: seededRandom(2),
    allocateAssociation: () => ++lastAssociation,
    limits: {
      maximumResolutionItems: items,
      maximumRegistrationsPerAssociation: 2 ** 21,
      maximumResolutionsPerSecond: Infinity,
    },
  });
  const remote = { addresses, port: 7001 };
  machine.handle({ type: 'associationUp', association, remote, inbound: true }, now);
}

const handleOf = (pool) => poolHandleFromText(`pool-${String(pool).padStart(8, '0')}`);

function resolution(pool) {
  return encodeAsapMessage({ type: 'ASAP_HANDLE_RESOLUTION', subscribe: false, poolHandle: handleOf(pool) });
}

function registration(number, load) {
  return encodeAsapMessage({
    type: 'ASAP_REGISTRATION',
    poolHandle: handleOf(number % pools),
    poolElement: {
      identifier: Math.imul(number + 1, 2654435761) >>> 0,
      homeRegistrar: 0,
      registrationLife: 30_000,
      userTransport,
      policy: { type: 'leastUsed', load },
    },
  });
}

/** What a driver does with a message: one input, all its outputs, and a look at the timers. */
function serve(bytes) {
  const decoded = decodeAsapMessage(bytes);
  check(decoded.ok, 'decoding');
  now += 0.001;
  machine.handle({ type: 'message', association, message: decoded.message, reports: decoded.reports }, now);
  let replyBytes = 0;
  for (let output = machine.poll(); output !== undefined; output = machine.poll()) {
    if (output.type === 'send') replyBytes += replyOf(output).length;
  }
  check(machine.nextTimeout() !== undefined, 'the timer');
  return replyBytes;
}

function replyOf(output) {
  return output.encoded ?? encodeAsapMessage(output.message);
}

function report(op, h, count, time) {
  const opsPerSec = Math.round(count / time);
  console.log(JSON.stringify({ impl: 'ts', op, policy: 'LeastUsed', n: elements, pools, h, opsPerSec }));
}

function timed(requests, replyBytes, least) {
  for (let k = 0; k < batch; k++) serve(requests[k]);
  const start = seconds();
  let count = 0;
  let passed;
  do {
    for (let k = 0; k < batch; k++, count++) {
      check(serve(requests[count % prepared]) === replyBytes, 'a reply');
    }
    passed = seconds() - start;
  } while (passed < least);
  return { count, passed };
}

function fill() {
  let filling = 0;
  for (let done = 0; done < elements; ) {
    const chunk = Math.min(prepared, elements - done);
    const requests = Array.from({ length: chunk }, (_, k) => registration(done + k, below(101) * 42_949_672));
    const start = seconds();
    for (const request of requests) check(serve(request) === registrationBytes, 'a registration');
    filling += seconds() - start;
    done += chunk;
  }
  check(handlespace.elementCount === elements, 'filling');
  return filling;
}

function runAll(least, isReported) {
  const filling = fill();
  const resolutions = Array.from({ length: prepared }, () => resolution(below(pools)));
  globalThis.gc?.();
  const resolved = timed(resolutions, resolutionBytes, least);
  const registrations = Array.from({ length: prepared }, () =>
    registration(below(elements), below(101) * 42_949_672),
  );
  globalThis.gc?.();
  const registered = timed(registrations, registrationBytes, least);
  if (!isReported) return;
  report('resolve', items, resolved.count, resolved.passed);
  report('reregister', 0, registered.count, registered.passed);
  report('register', 0, elements, filling);
}

const size = Number(process.argv[2]);
const poolCount = Number(process.argv[3]);
for (const end = seconds() + warmUpSeconds; seconds() < end; ) {
  open(warmUpElements, warmUpElements / 10);
  runAll(0.05, false);
}
// Stays alive: V8 throws compiled code away with the last object of a class that it was compiled for.
const kept = machine;
open(size, poolCount);
globalThis.gc?.();
runAll(leastSeconds, true);
check(kept.associationCount === 1, 'keeping');
