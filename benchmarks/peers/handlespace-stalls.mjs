// Memory and the longest stall of the event loop with a million pool elements, with slices where the work is long.
// use: node --expose-gc handlespace-stalls.mjs [ELEMENTS] [POOLS] [POLICY]
import { Handlespace } from '@rserpool/handlespace';
import { parseIpAddress, poolHandleFromText, seededRandom } from '@rserpool/wire';
import { elementOf, policyOf, typesOf } from './handlespace-elements.mjs';

const size = Number(process.argv[2] ?? 1_000_000);
const poolCount = Number(process.argv[3] ?? size / 10);
const types = typesOf(process.argv[4] ?? 'Mixed');
/** How many elements expire or are taken over in a turn. Registrars take fewer: see registrar-stalls.mjs. */
const slice = 500;
/** Everything runs on a small handlespace first: a turn that waits for code to be compiled occurs once in a process. */
const warmUpElements = 40_000;
const warmUpRounds = 3;
const message = new Uint8Array(65_536);
const view = new DataView(message.buffer);
let elements;
let pools;
let many;
let handles;
let handlespace;
let isWarmingUp = true;
const transports = {
  user: {
    protocol: 'sctp',
    port: 7000,
    transportUse: 0,
    addresses: [parseIpAddress('10.1.1.1'), parseIpAddress('10.2.1.1'), parseIpAddress('2001:db8::1')],
  },
  asap: { protocol: 'sctp', port: 7001, transportUse: 0, addresses: [parseIpAddress('10.1.1.1')] },
};
const random = seededRandom(7);
const below = (limit) => random() % limit;

function report(row) {
  if (!isWarmingUp) console.log(JSON.stringify(row));
}

function prepare(elementCount, count) {
  elements = elementCount;
  pools = count;
  many = Math.min(100_000, elements / 10);
  handles = Array.from({ length: pools }, (_, i) => poolHandleFromText(`pool-${String(i).padStart(8, '0')}`));
  handlespace = new Handlespace({
    random: seededRandom(1),
    limits: { maximumPoolElements: 2 ** 21, maximumPools: 2 ** 20, maximumElementsPerPool: 2 ** 21 },
  });
}

function register(i) {
  const policy = policyOf(types[(i % pools) % types.length], 1 + below(100), below(101) * 42_949_672);
  const element = elementOf(Math.imul(i + 1, 2654435761) >>> 0, 1 + (i % 4), policy, transports);
  return handlespace.register(handles[i % pools], element).element;
}

/** CPU time of the process in milliseconds: a turn that the machine gave to a neighbour does not count. */
function milliseconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Runs each piece of work as one turn of the event loop would, and says how long the longest took. */
function longest(name, count, work) {
  let most = 0;
  const all = [];
  for (let index = 0; index < count; index++) {
    const start = milliseconds();
    work(index);
    const passed = milliseconds() - start;
    if (passed > 0.5) all.push(passed);
    most = Math.max(most, passed);
  }
  const next = all.toSorted((a, b) => b - a).slice(1, 4);
  report({ op: name, turns: count, longestMs: most, nextMs: next, n: elements, pools });
}

function bytes() {
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function runAll() {
  const before = bytes();
  longest('fill', elements, register);
  const perElement = Math.round((bytes() - before) / elements);
  report({ op: 'memoryPerElement', bytes: perElement, n: elements, pools });
  const into = [];
  longest('resolve', many, () => handlespace.resolveInto(handles[below(pools)], 4, into));
  longest('reregister', many, () => register(below(elements)));
  const armed = [];
  handlespace.ownedSlice(2, undefined, many, armed);
  for (const element of armed) handlespace.setExpiry(element, below(30_000));
  longest(`expiry of ${many.toLocaleString('en')}`, many / slice, () => {
    for (let index = 0; index < slice; index++) {
      const element = handlespace.takeExpired(30_000);
      if (element !== undefined) handlespace.remove(element);
    }
  });
  longest(`takeover of ${many.toLocaleString('en')}`, many / slice, () =>
    handlespace.takeOverSlice(3, 9, slice),
  );
  let cursor;
  longest('table download', 1_000, () => {
    // As a registrar does: it copies what it refers to, and makes no objects.
    const options = { maximumElements: 256, maximumBytes: 32_768, homeRegistrar: 4 };
    const { elements, next } = handlespace.pageReferences(cursor, options);
    for (let offset = 0, index = 0; index < elements.length; index++) {
      offset += handlespace.copyEncoded(elements[index], message, view, offset);
    }
    cursor = next;
  });
  longest('takeover in one go', 1, () => handlespace.takeOver(9, 10));
}

// They stay alive: V8 throws compiled code away with the last object of a class that it was compiled for.
const kept = [];
for (let round = 0; round < warmUpRounds; round++) {
  prepare(warmUpElements, warmUpElements / 10);
  runAll();
  kept.push(handlespace);
}
isWarmingUp = false;
prepare(size, poolCount);
runAll();
if (kept.length !== warmUpRounds) throw new Error('keeping went wrong');
