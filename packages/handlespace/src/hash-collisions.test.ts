import { seededRandom } from '@rserpool/wire';
import { expect, test } from 'vitest';
import { blockSum } from './checksum.ts';
import { ElementIndex } from './element-index.ts';
import { handleWords, poolElementHash, poolHandleHash } from './hashing.ts';
import { PoolTable } from './pool-table.ts';

const seed = 12345;

const words = new Int32Array(handleWords);

function handleHash(handle: Uint8Array, otherSeed: number = seed): number {
  return poolHandleHash(handle, otherSeed, words);
}

/** The first two of many keys that have the same hash. */
function collision<Key>(keys: Iterable<Key>, hash: (key: Key) => number): [Key, Key] {
  const seen = new Map<number, Key>();
  for (const key of keys) {
    const other = seen.get(hash(key));
    if (other !== undefined) return [other, key];
    seen.set(hash(key), key);
  }
  throw new Error('no collision');
}

function* handles(): Generator<Uint8Array> {
  const random = seededRandom(1);
  for (let count = 0; count < 1_000_000; count += 1) {
    yield Uint8Array.from({ length: 8 }, () => random() & 0xff);
  }
}

test('two pool handles with one hash are two pools', () => {
  const [one, other] = collision(handles(), (handle) => handleHash(handle));
  const pools = new PoolTable(seed);
  const content = {
    handleSum: blockSum(0, 0),
    encodedHandleLength: 8,
    policy: { type: 'roundRobin' },
    transport: { protocol: 'tcp', transportUse: 0 },
  } as const;
  const selection = undefined as never;
  const first = pools.add(one, content, selection);
  expect(pools.find(other)).toBe(-1);
  const second = pools.add(other, content, selection);
  expect([pools.find(one), pools.find(other)]).toEqual([first.number, second.number]);
  pools.remove(second);
  expect([pools.find(one), pools.find(other)]).toEqual([first.number, -1]);
  const third = pools.add(other, content, selection);
  pools.remove(first);
  expect([pools.find(one), pools.find(other)]).toEqual([-1, third.number]);
});

test('two elements with one hash are two elements', () => {
  function* names(): Generator<{ pool: number; identifier: number }> {
    for (let identifier = 1; identifier < 200_000; identifier += 1) {
      yield { pool: 1, identifier };
      yield { pool: 2, identifier };
    }
  }
  const [one, other] = collision(names(), ({ pool, identifier }) => poolElementHash(pool, identifier, seed));
  expect(one.pool).not.toBe(other.pool);
  const index = new ElementIndex(seed);
  const [first, second] = [3, 4];
  index.add(first, one.pool, one.identifier);
  expect(index.find(other.pool, other.identifier)).toBe(-1);
  index.add(second, other.pool, other.identifier);
  expect(index.find(one.pool, one.identifier)).toBe(first);
  expect(index.find(other.pool, other.identifier)).toBe(second);
  index.remove(second, other.pool, other.identifier);
  expect(index.find(one.pool, one.identifier)).toBe(first);
  expect(index.find(other.pool, other.identifier)).toBe(-1);
});

test('equal names in different handlespaces have different hashes', () => {
  const handle = Uint8Array.of(1, 2, 3);
  expect(new Set([1, 2, 3].map((other) => handleHash(handle, other))).size).toBe(3);
  expect(new Set([1, 2, 3].map((other) => poolElementHash(1, 7, other))).size).toBe(3);
});
