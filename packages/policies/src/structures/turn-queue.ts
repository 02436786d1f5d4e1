import type { RandomSource } from '../random-source.ts';
import { countReturn } from './degradation-counters.ts';
import { LevelQueue } from './level-queue.ts';
import { firstAtField } from './seat-fields.ts';
import type { SelectionStore } from './selection-store.ts';
import {
  insertPair,
  maximumSorted,
  mergePairs,
  pairOf,
  passTurns,
  removePair,
  settlePair,
} from './sorted-pairs.ts';

/** From so many seats on downwards they go back to the run: far enough below, so that nobody pays twice in a row. */
const sortedAgain: number = 24;

/** Pairs of the first run: most pools are small, and stay within it. */
const firstPairs: number = 8;

const nothing: Float64Array = new Float64Array(0);

/**
 * The seats of a pool in the order of their keys, smallest first, and those with the same key in turn. A seat joins
 * the others of its key at the end, so that nobody overtakes who has waited for longer; only the passing of turns and
 * what the others do changes its place.
 *
 * Few seats are a sorted run, many are a {@link LevelQueue}.
 */
export class TurnQueue {
  // What each change looks at lies in front, in one cache line.
  #levels: LevelQueue | undefined = undefined;
  /** The run: the page that it is in, and where it begins there. A run of this length never moves by itself. */
  #page: Float64Array = nothing;
  #start: number = 0;
  #size: number = 0;
  #length: number = 0;
  #base: number = 0;
  readonly #store: SelectionStore;
  readonly #random: RandomSource;

  /**
   * @param random - Asked for a seed whenever the pool becomes large.
   */
  constructor(store: SelectionStore, random: RandomSource) {
    this.#store = store;
    this.#random = random;
  }

  /** How many seats are in the queue. */
  get size(): number {
    return this.#size;
  }

  /** Adds a seat that is not in the queue. */
  add(seat: number, key: number): void {
    this.#store.records.reserve(seat);
    const size = this.#size++;
    if (size === maximumSorted && this.#levels === undefined) this.#leaveRun();
    if (this.#levels !== undefined) {
      this.#levels.add(seat, key);
      return;
    }
    if (2 * size === this.#length) this.#lengthen();
    const free = this.#start + 2 * size;
    settlePair(this.#page, this.#start, free + 2, free, key, seat);
  }

  /** Changes the key of a seat that is in the queue; with the same key it keeps its place. */
  change(seat: number, key: number): void {
    if (this.#levels !== undefined) {
      if (this.#levels.keyOf(seat) === key) return;
      this.#levels.remove(seat);
      this.#levels.add(seat, key);
      return;
    }
    const pair = pairOf(this.#page, this.#start, seat);
    if (this.#page[pair] === key) return;
    settlePair(this.#page, this.#start, this.#start + 2 * this.#size, pair, key, seat);
  }

  /** Changes the key of a seat that is in the queue, and puts it behind its equals even where the key is the same. */
  putBehind(seat: number, key: number): void {
    if (this.#levels !== undefined) {
      this.#levels.remove(seat);
      this.#levels.add(seat, key);
      return;
    }
    const pair = pairOf(this.#page, this.#start, seat);
    settlePair(this.#page, this.#start, this.#start + 2 * this.#size, pair, key, seat);
  }

  /** Takes out a seat that is in the queue. */
  remove(seat: number): void {
    const size = this.#size--;
    if (this.#levels !== undefined) {
      this.#levels.remove(seat);
      if (size - 1 === sortedAgain) this.#returnToRun(this.#levels);
      return;
    }
    removePair(this.#page, this.#start + 2 * size, pairOf(this.#page, this.#start, seat));
    if (size === 1) this.#release();
  }

  /**
   * Writes the first seats in order.
   *
   * @param count - How many; not more than there are.
   * @returns How many of them have the same key as the first.
   */
  list(count: number, into: number[]): number {
    if (count === 0) return 0;
    if (this.#levels !== undefined) return this.#levels.take(count, 0, into);
    this.#listRun(count, into);
    const key = this.#page[this.#start];
    let equals = 1;
    while (equals < count && this.#page[this.#start + 2 * equals] === key) equals++;
    return equals;
  }

  /**
   * Writes the first seats in order, and lets their turns pass.
   *
   * @param count - How many; not more than there are.
   * @param maximum - How many turns pass among the seats of one key, at least 1.
   */
  take(count: number, maximum: number, into: number[]): void {
    if (count === 0) return;
    if (this.#levels !== undefined) {
      this.#levels.take(count, maximum, into);
      return;
    }
    this.#listRun(count, into);
    passTurns(this.#page, this.#start, this.#start + 2 * this.#size, count, maximum, into);
  }

  /**
   * Writes the first seats in order, and takes them out: {@link TurnQueue.putBackCounted} has to follow.
   *
   * @param count - How many, at least 1; not more than there are.
   * @returns How many of them have the same key as the first.
   */
  takeOut(count: number, into: number[]): number {
    return this.#levels === undefined ? this.list(count, into) : this.#levels.takeOut(count, into);
  }

  /**
   * Counts a return of each seat that was taken out, and puts it back in behind the equals of its new value. One of
   * those with the same key is the first of the answer: that which was it least recently.
   *
   * @param seats - What was taken out, in order.
   * @param count - How many.
   * @param equals - How many of them may be the first.
   * @param now - When the one that is the first is it.
   * @returns The index of the first.
   */
  putBackCounted(seats: readonly number[], count: number, equals: number, now: number): number {
    if (this.#levels !== undefined) return this.#levels.addCounted(seats, count, equals, now);
    const { pages, shift, mask } = this.#store.records;
    const { pairs } = this.#store;
    let first = 0;
    let firstAt = Infinity;
    for (let index = 0; index < count; index++) {
      const seat = seats[index] as number;
      const page = pages[seat >> shift] as Float64Array;
      const record = (seat & mask) << 3;
      if (index < equals && (page[record + firstAtField] as number) < firstAt) {
        first = index;
        firstAt = page[record + firstAtField] as number;
      }
      insertPair(pairs, 2 * index, countReturn(page, record), seat);
    }
    this.#store.records.set(seats[first] as number, firstAtField, now);
    mergePairs(this.#page, this.#start, this.#start + 2 * this.#size, pairs, 2 * count);
    return first;
  }

  #listRun(count: number, into: number[]): void {
    const page = this.#page;
    const start = this.#start + 1;
    for (let index = 0; index < count; index++) into[index] = (page[start + 2 * index] as number) | 0;
  }

  #lengthen(): void {
    const { arena } = this.#store;
    const length = this.#length === 0 ? 2 * firstPairs : arena.lengthFor(this.#length + 1);
    this.#base = this.#length === 0 ? arena.take(length) : arena.lengthen(this.#base, this.#length, length);
    this.#page = arena.pages[this.#base >> arena.shift] as Float64Array;
    this.#start = this.#base & arena.mask;
    this.#length = length;
  }

  #release(): void {
    this.#store.arena.release(this.#base, this.#length);
    this.#page = nothing;
    this.#start = 0;
    this.#length = 0;
  }

  #leaveRun(): void {
    const levels = new LevelQueue(this.#store, this.#random());
    const page = this.#page;
    const end = this.#start + 2 * maximumSorted;
    for (let pair = this.#start; pair < end; pair += 2) {
      levels.add((page[pair + 1] as number) | 0, page[pair] as number);
    }
    this.#release();
    this.#levels = levels;
  }

  #returnToRun(levels: LevelQueue): void {
    const seats: number[] = [];
    const count = levels.dissolve(seats);
    this.#levels = undefined;
    while (this.#length < 2 * count) this.#lengthen();
    seats.forEach((seat, index) => {
      this.#page[this.#start + 2 * index] = levels.keyOf(seat);
      this.#page[this.#start + 2 * index + 1] = seat;
    });
  }
}
