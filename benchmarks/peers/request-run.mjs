// Times one request in, reply out, without input and output, in two ways:
// - the message is decoded, the handlespace does its part, the reply is encoded: what c/request.c does in C, with the same
//   messages, the same replies, the same generator with the same seed and the same way to measure;
// - the message is decoded and the registrar's ASAP machine takes it, with all its checks, limits, timers, keep-alives,
//   counters and events: what a registrar does, and C does not here. These rows end in `Machine`.
// use: node --expose-gc request-run.mjs ELEMENTS POOLS MILLISECONDS
import { AsapRegistrarMachine } from '@rserpool/asap';
import { Handlespace } from '@rserpool/handlespace';
import {
  decodeAsapMessage,
  encodeAsapMessage,
  encodeAsapMessageInto,
  parseIpAddress,
  poolHandleFromText,
  seededRandom,
} from '@rserpool/wire';
import { encodeHandleResolutionResponse } from '@rserpool/wire/internal';
import { below, check, reseed, seconds } from './measure.mjs';

const leastSeconds = Number(process.argv[4]) / 1000;
const batch = 256;
const prepared = 32_768;
const longestReply = 65_000;

/** As in C, requests lie side by side, and each is copied into the one buffer that messages are received in. */
const requestWords = 32;
const requests = new Int32Array(prepared * requestWords);
const requestLengths = new Int32Array(prepared);
const received = new Int32Array(requestWords);
const receivedBytes = new Uint8Array(received.buffer);
/** The received message, by its length: making a view for each would cost what receiving into a buffer does not. */
const receivedViews = Array.from({ length: requestWords * 4 + 1 }, (_, length) =>
  receivedBytes.subarray(0, length),
);
const items = 4;
/**
 * Header and handle, policy, and four elements with three addresses each, and three more of where the registration came
 * from, which the reference's library leaves out of these messages; header, handle and identifier.
 */
const bytesOf = {
  bare: { resolution: 4 + 20 + 12 + items * 72, registration: 4 + 20 + 8 },
  machine: { resolution: 4 + 20 + 12 + items * (72 + 44), registration: 4 + 20 + 8 },
};
/** A registrar runs for months: what is timed is compiled code that has seen both requests and a smaller handlespace. */
const warmUpSeconds = 1.2;
const warmUpElements = 4_000;

const association = 1;
const chosen = new Array(items).fill(0);
/** As large as the buffer that replies are written into in C. */
const reply = new Uint8Array(4096);
const addresses = ['10.1.0.1', '10.2.0.1', '2001:db8::1'].map(parseIpAddress);
const userTransport = { protocol: 'sctp', port: 7000, transportUse: 0, addresses };

let elements = 0;
let pools = 0;
let machine;
let handlespace;
let now = 0;

/** The machine hears of every change of its handlespace: what is timed without it has a handlespace without it. */
function open(size, poolCount, serve) {
  elements = size;
  pools = poolCount;
  reseed();
  handlespace = new Handlespace({
    random: seededRandom(1),
    limits: { maximumPoolElements: 2 ** 21, maximumPools: 2 ** 20 },
  });
  if (serve !== serveByMachine) return;
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

/** Without the machine: decode, handlespace, encode. */
function serveBare(bytes) {
  const decoded = decodeAsapMessage(bytes);
  check(decoded.ok, 'decoding');
  const { message } = decoded;
  const { poolHandle } = message;
  if (message.type === 'ASAP_HANDLE_RESOLUTION') {
    const count = handlespace.resolveInto(poolHandle, items, chosen);
    check(count === items && handlespace.encodedLengths(chosen, count) < longestReply, 'a resolution');
    const policy = handlespace.poolPolicy(chosen[0]);
    return encodeHandleResolutionResponse(poolHandle, policy, false, chosen, handlespace, count).length;
  }
  const { identifier, registrationLife, userTransport, policy } = message.poolElement;
  const element = { identifier, homeRegistrar: 1, registrationLife, userTransport, policy };
  check(handlespace.register(poolHandle, element).ok, 'a registration');
  return encodeAsapMessageInto(
    {
      type: 'ASAP_REGISTRATION_RESPONSE',
      rejected: false,
      poolHandle,
      poolElementIdentifier: identifier,
    },
    reply,
    0,
  );
}

/** What a driver does with a message: one input, all its outputs, and a look at the timers. */
function serveByMachine(bytes) {
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

function prepare(number, bytes) {
  new Uint8Array(requests.buffer).set(bytes, number * requestWords * 4);
  requestLengths[number] = bytes.length;
}

function receive(number) {
  const length = requestLengths[number];
  const first = number * requestWords;
  for (let word = 0; word * 4 < length; word++) received[word] = requests[first + word];
  return receivedViews[length];
}

function report(op, h, count, time) {
  const opsPerSec = Math.round(count / time);
  console.log(JSON.stringify({ impl: 'ts', op, policy: 'LeastUsed', n: elements, pools, h, opsPerSec }));
}

function timed(serve, replyBytes, least) {
  for (let k = 0; k < batch; k++) serve(receive(k));
  const start = seconds();
  let count = 0;
  let passed;
  do {
    for (let k = 0; k < batch; k++, count++) {
      check(serve(receive(count % prepared)) === replyBytes, 'a reply');
    }
    passed = seconds() - start;
  } while (passed < least);
  return { count, passed };
}

function fill(serve, replyBytes) {
  let filling = 0;
  for (let done = 0; done < elements; ) {
    const chunk = Math.min(prepared, elements - done);
    for (let k = 0; k < chunk; k++) prepare(k, registration(done + k, below(101) * 42_949_672));
    const start = seconds();
    for (let k = 0; k < chunk; k++) check(serve(receive(k)) === replyBytes, 'a registration');
    filling += seconds() - start;
    done += chunk;
  }
  check(handlespace.elementCount === elements, 'filling');
  return filling;
}

function runAll(serve, replyBytes, least, suffix) {
  const filling = fill(serve, replyBytes.registration);
  for (let k = 0; k < prepared; k++) prepare(k, resolution(below(pools)));
  globalThis.gc?.();
  const resolved = timed(serve, replyBytes.resolution, least);
  for (let k = 0; k < prepared; k++) prepare(k, registration(below(elements), below(101) * 42_949_672));
  globalThis.gc?.();
  const registered = timed(serve, replyBytes.registration, least);
  if (suffix === undefined) return;
  report(`resolve${suffix}`, items, resolved.count, resolved.passed);
  report(`reregister${suffix}`, 0, registered.count, registered.passed);
  report(`register${suffix}`, 0, elements, filling);
}

const size = Number(process.argv[2]);
const poolCount = Number(process.argv[3]);
// Stays alive: V8 throws compiled code away with the last object of a class that it was compiled for.
const kept = [];
for (const [serve, replyBytes, suffix] of [
  [serveBare, bytesOf.bare, ''],
  [serveByMachine, bytesOf.machine, 'Machine'],
]) {
  for (const end = seconds() + warmUpSeconds; seconds() < end; ) {
    open(warmUpElements, warmUpElements / 10, serve);
    runAll(serve, replyBytes, 0.05, undefined);
  }
  kept.push(machine, handlespace);
  open(size, poolCount, serve);
  globalThis.gc?.();
  runAll(serve, replyBytes, leastSeconds, suffix);
}
check(kept.length === 4, 'keeping');
