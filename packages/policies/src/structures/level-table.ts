import { keyField } from './seat-fields.ts';
import type { SeatRecords } from './seat-records.ts';

/** Places at first, as many as the levels of a pool that has just left the sorted run can need. */
const firstPlaces: number = 256;

/** So many levels lead to segments; a power of two, moved once. */
const segmentedSize: number = 4096;
const segmentCount: number = 256;

/** Numbers of a segment at first. */
const firstSegment: number = 64;

/**
 * Finds the level of a key: a hash table with open addressing and linear probing over the seats that lead a level.
 * The key of a seat is in its record; the table has pairs of a hash and a seat plus one, and a pair with 0 in the
 * second place is free.
 *
 * A large table consists of segments, chosen by the upper bits of the hash while the lower ones choose the place:
 * they double one at a time, so that no insertion moves more than a 256th of all levels.
 */
export class LevelTable {
  readonly #records: SeatRecords;
  readonly #seed: number;
  #segments: Int32Array[] = [new Int32Array(2 * firstPlaces)];
  #sizes: number[] = [0];
  /** The number of segments minus one. */
  #segmentMask: number = 0;
  #size: number = 0;
  /** What was searched for last in vain, and the free place where the search ended. */
  #missedHash: number = 0;
  #missedPlace: number = 0;

  /**
   * @param records - Where the keys are.
   * @param seed - A secret random number, 32 bits: elements choose their keys, and must not be able to choose those that collide.
   */
  constructor(records: SeatRecords, seed: number) {
    this.#records = records;
    this.#seed = seed | 0;
  }

  /** The seat that leads the level of a key, or -1. */
  find(key: number): number {
    const { pages, shift, mask } = this.#records;
    const hash = hashOf(key, this.#seed);
    const pairs = this.#segments[(hash >>> 24) & this.#segmentMask] as Int32Array;
    const wrap = pairs.length - 1;
    let place = (hash << 1) & wrap;
    for (; ; place = (place + 2) & wrap) {
      const seat = (pairs[place + 1] as number) - 1;
      if (seat < 0) break;
      if (pairs[place] !== hash) continue;
      if ((pages[seat >> shift] as Float64Array)[((seat & mask) << 3) + keyField] === key) return seat;
    }
    this.#missedHash = hash;
    this.#missedPlace = place;
    return -1;
  }

  /** Adds the level that a seat leads: that of the key which was searched for last, and not found. */
  addMissed(seat: number): void {
    const hash = this.#missedHash;
    const segment = (hash >>> 24) & this.#segmentMask;
    const pairs = this.#segments[segment] as Int32Array;
    const isSplit = this.#size++ === segmentedSize && this.#segmentMask === 0;
    if (isSplit) this.#split();
    if (isSplit || isFull(pairs, (this.#sizes[segment] as number) + 1)) {
      this.#insert(hash, seat + 1);
      return;
    }
    this.#sizes[segment] = (this.#sizes[segment] as number) + 1;
    pairs[this.#missedPlace] = hash;
    pairs[this.#missedPlace + 1] = seat + 1;
  }

  /** Another seat leads the level of a key from now on. */
  replace(seat: number, key: number, successor: number): void {
    const hash = hashOf(key, this.#seed);
    const pairs = this.#segments[(hash >>> 24) & this.#segmentMask] as Int32Array;
    pairs[placeOf(pairs, hash, seat + 1) + 1] = successor + 1;
  }

  /** Removes the level that a seat leads. The pairs behind it move up, so that the table does not wear out by changes. */
  remove(seat: number, key: number): void {
    const ownHash = hashOf(key, this.#seed);
    const segment = (ownHash >>> 24) & this.#segmentMask;
    const pairs = this.#segments[segment] as Int32Array;
    const wrap = pairs.length - 1;
    let gap = placeOf(pairs, ownHash, seat + 1);
    for (let place = (gap + 2) & wrap; pairs[place + 1] !== 0; place = (place + 2) & wrap) {
      const hash = pairs[place] as number;
      // It may move into the gap where that is not in front of the place at which its search begins.
      if (((place - (hash << 1)) & wrap) < ((place - gap) & wrap)) continue;
      pairs[gap] = hash;
      pairs[gap + 1] = pairs[place + 1] as number;
      gap = place;
    }
    pairs[gap + 1] = 0;
    this.#sizes[segment] = (this.#sizes[segment] as number) - 1;
    this.#size--;
  }

  /** From a single table to segments; the free place of the last search is of no use any more. */
  #split(): void {
    const pairs = this.#segments[0] as Int32Array;
    this.#segments = [];
    for (let segment = 0; segment < segmentCount; segment++)
      this.#segments.push(new Int32Array(firstSegment));
    this.#sizes = new Array<number>(segmentCount).fill(0);
    this.#segmentMask = segmentCount - 1;
    for (let place = 0; place < pairs.length; place += 2) {
      const stored = pairs[place + 1] as number;
      if (stored !== 0) this.#insert(pairs[place] as number, stored);
    }
  }

  #insert(hash: number, stored: number): void {
    const segment = (hash >>> 24) & this.#segmentMask;
    const size = (this.#sizes[segment] as number) + 1;
    let pairs = this.#segments[segment] as Int32Array;
    if (isFull(pairs, size)) {
      pairs = doubled(pairs);
      this.#segments[segment] = pairs;
    }
    this.#sizes[segment] = size;
    put(pairs, hash, stored);
  }
}

/** Keys can be above 2^32 and below 0. The rest is the finalizer of MurmurHash3. */
function hashOf(key: number, seed: number): number {
  const upper = Math.imul((key / 0x100000000) | 0, 0x9e3779b1);
  let hash = (key | 0) ^ upper ^ seed;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Three quarters full: beyond that the runs of linear probing become long. */
function isFull(pairs: Int32Array, size: number): boolean {
  return size * 8 > pairs.length * 3;
}

function placeOf(pairs: Int32Array, hash: number, stored: number): number {
  const wrap = pairs.length - 1;
  let place = (hash << 1) & wrap;
  while (pairs[place + 1] !== stored) place = (place + 2) & wrap;
  return place;
}

function put(pairs: Int32Array, hash: number, stored: number): void {
  const wrap = pairs.length - 1;
  let place = (hash << 1) & wrap;
  while (pairs[place + 1] !== 0) place = (place + 2) & wrap;
  pairs[place] = hash;
  pairs[place + 1] = stored;
}

function doubled(pairs: Int32Array): Int32Array {
  const larger = new Int32Array(pairs.length * 2);
  for (let place = 0; place < pairs.length; place += 2) {
    const stored = pairs[place + 1] as number;
    if (stored !== 0) put(larger, pairs[place] as number, stored);
  }
  return larger;
}
