// Times the handlespace through its public API. The counterpart in C is c/handlespace.c: same order of operations,
// same elements, same generator with the same seed.
// use: node --expose-gc handlespace-run.mjs ELEMENTS POOLS POLICY MILLISECONDS
import { Handlespace } from '@rserpool/handlespace';
import { parseIpAddress, poolHandleFromText, seededRandom } from '@rserpool/wire';
import { elementOf, policyOf, typesOf } from './handlespace-elements.mjs';
import { below, check, reseed, seconds } from './measure.mjs';

const policyName = process.argv[4];
const leastSeconds = Number(process.argv[5]) / 1000;
const registrars = 4;
const pageElements = 128;
const batch = 256;
/** Walks are timed together until they have shown so many elements: asking for the time takes as long as a short one. */
const walkedElements = 4_096;

/** Compiled code is timed, as in C: so long everything runs on a small handlespace first. */
const warmUpSeconds = 1.2;
const warmUpElements = 4_000;
/** And each operation, before it is timed. */
const settleSeconds = 0.02;

const transports = {
  user: {
    protocol: 'sctp',
    port: 7000,
    transportUse: 0,
    addresses: [parseIpAddress('10.1.1.1'), parseIpAddress('10.2.1.1'), parseIpAddress('2001:db8::1')],
  },
  asap: { protocol: 'sctp', port: 7001, transportUse: 0, addresses: [parseIpAddress('10.1.1.1')] },
};
const types = typesOf(policyName);
let elements = 0;
let pools = 0;
let handles;
let identifiers;
let order;
let references;
const chosen = new Array(16).fill(0);
const slice = new Array(1024).fill(0);
const page = { maximumElements: pageElements, maximumBytes: 65_000, homeRegistrar: 2 };
let handlespace;
let now = 30_000;
let from = 1;
let to = 9;

function report(op, h, count, time) {
  console.log(
    JSON.stringify({
      impl: 'ts',
      op,
      policy: policyName,
      n: elements,
      pools,
      h,
      opsPerSec: Math.round(count / time),
    }),
  );
}

function fresh() {
  handlespace = new Handlespace({
    random: seededRandom(1),
    limits: { maximumPoolElements: 2 ** 21, maximumPools: 2 ** 20, maximumElementsPerPool: 2 ** 21 },
  });
}

function enter(i) {
  const policy = policyOf(types[(i % pools) % types.length], 1 + below(100), below(101) * 42_949_672);
  const element = elementOf(identifiers[i], 1 + (i % registrars), policy, transports);
  const result = handlespace.register(handles[i % pools], element);
  check(result.ok, 'registration');
  return result.element;
}

function fill() {
  const start = seconds();
  for (let k = 0; k < elements; k++) references[order[k]] = enter(order[k]);
  return seconds() - start;
}

/** What filling leaves to the garbage collector is its own, and would else be done while something short is timed. */
function collect() {
  const start = seconds();
  globalThis.gc?.();
  return seconds() - start;
}

function drain() {
  const start = seconds();
  for (let k = 0; k < elements; k++) {
    const i = order[k];
    const element = handlespace.find(handles[i % pools], identifiers[i]);
    check(element !== undefined, 'deregistration');
    handlespace.remove(element);
  }
  return seconds() - start;
}

const operations = {
  resolve1() {
    check(handlespace.resolveInto(handles[pools === 1 ? 0 : below(pools)], 1, chosen) === 1, 'resolution');
  },
  resolve4() {
    check(handlespace.resolveInto(handles[pools === 1 ? 0 : below(pools)], 4, chosen) === 4, 'resolution');
  },
  find() {
    const i = below(elements);
    check(handlespace.find(handles[i % pools], identifiers[i]) === references[i], 'find');
  },
  reregister() {
    enter(below(elements));
  },
  timerRestart() {
    handlespace.setExpiry(references[below(elements)], 30_000 + below(1_000_000) / 1000);
  },
  expiry() {
    const element = handlespace.takeExpired(Number.MAX_SAFE_INTEGER);
    now += 0.001;
    handlespace.setExpiry(element, now + 30_000 + below(1_000_000) / 1000);
  },
  takeover() {
    handlespace.setHomeRegistrar(references[below(elements)], 1 + below(registrars));
  },
};

const walks = {
  ownerWalk() {
    let count = 0;
    let after;
    let length;
    do {
      length = handlespace.ownedSlice(2, after, slice.length, slice);
      count += length;
      after = slice[length - 1];
    } while (length === slice.length);
    return count;
  },
  tablePages() {
    let count = 0;
    let cursor;
    do {
      const next = handlespace.pageReferences(cursor, page);
      count += next.elements.length;
      cursor = next.next;
    } while (cursor !== undefined);
    return count;
  },
  takeoverAll() {
    const count = handlespace.takeOver(from, to).length;
    [from, to] = [to, from];
    return count;
  },
};

function timed(op, h, operation, time) {
  for (const end = seconds() + settleSeconds; seconds() < end; ) for (let k = 0; k < batch; k++) operation();
  const start = seconds();
  let count = 0;
  let passed;
  do {
    for (let k = 0; k < batch; k++) operation();
    count += batch;
    passed = seconds() - start;
  } while (passed < time);
  if (time === leastSeconds) report(op, h, count, passed);
}

function timedWalk(op, h, walk, time) {
  walk();
  const start = seconds();
  let count = 0;
  let passed;
  do {
    for (const end = count + walkedElements; count < end; ) count += walk();
    passed = seconds() - start;
  } while (passed < time);
  if (time === leastSeconds) report(op, h, count, passed);
}

function runAll(time) {
  timed('resolve', 1, operations.resolve1, time);
  timed('resolve', 4, operations.resolve4, time);
  timed('find', 0, operations.find, time);
  timed('reregister', 0, operations.reregister, time);
  for (const element of references) handlespace.setExpiry(element, 30_000 + below(1_000_000) / 1000);
  timed('timerRestart', 0, operations.timerRestart, time);
  now = 60_000;
  timed('expiry', 0, operations.expiry, time);
  timedWalk('ownerWalk', 0, walks.ownerWalk, time);
  timedWalk('tablePages', pageElements, walks.tablePages, time);
  timed('takeover', 0, operations.takeover, time);
  timedWalk('takeoverAll', 0, walks.takeoverAll, time);
}

/** Fills and drains for a time at least, and says how long each of the two took. */
function fillAndDrain(time) {
  let filling = 0;
  let draining = 0;
  let rounds = 0;
  while (filling < time) {
    filling += fill();
    draining += drain();
    rounds++;
  }
  return { filling, draining, rounds };
}

function prepare(size, poolCount) {
  elements = size;
  pools = poolCount;
  handles = Array.from({ length: pools }, (_, i) => poolHandleFromText(`pool-${String(i).padStart(8, '0')}`));
  identifiers = Uint32Array.from({ length: elements }, (_, i) => Math.imul(i + 1, 2654435761) >>> 0);
  order = Uint32Array.from({ length: elements }, (_, i) => i);
  references = new Int32Array(elements);
  reseed();
  for (let i = elements - 1; i > 0; i--) {
    const j = below(i + 1);
    const swap = order[i];
    order[i] = order[j];
    order[j] = swap;
  }
  fresh();
}

const size = Number(process.argv[2]);
const poolCount = Number(process.argv[3]);
const warmUp = Math.min(size, warmUpElements);
prepare(warmUp, poolCount === 1 ? 1 : warmUp / 10);
for (const end = seconds() + warmUpSeconds; seconds() < end; ) {
  fill();
  runAll(0.02);
  drain();
  fillAndDrain(0.15);
}
// Stays alive: V8 throws compiled code away with the last object of a class that it was compiled for.
fill();
const kept = handlespace;
prepare(size, poolCount);
globalThis.gc?.();
let filling = fill();
const isShort = filling < leastSeconds;
filling += collect();
check(handlespace.elementCount === elements && handlespace.poolCount === pools, 'filling');
runAll(leastSeconds);
let draining = drain();
check(handlespace.elementCount === 0 && handlespace.poolCount === 0, 'draining');
let rounds = 1;
// What is too short to be timed is repeated; then the first rounds do not count.
if (isShort) {
  fillAndDrain(3 * settleSeconds);
  ({ filling, draining, rounds } = fillAndDrain(leastSeconds));
}
check(kept.elementCount === warmUp, 'keeping');
report('register', 0, elements * rounds, filling);
report('deregister', 0, elements * rounds, draining);
