import type { RandomSource } from '../random-source.ts';
import { LevelQueue } from './level-queue.ts';
import type { SelectionStore } from './selection-store.ts';
import { pairOf, passTurns, removePair, settlePair } from './sorted-pairs.ts';

/** Up to so many seats all of them are in one sorted run. */
const maximumSorted: number = 48;

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
  readonly #store: SelectionStore;
  readonly #random: RandomSource;
  /** The run: the page that it is in, and where it begins there. A run of this length never moves by itself. */
  #page: Float64Array = nothing;
  #start: number = 0;
  #base: number = 0;
  #length: number = 0;
  #size: number = 0;
  #levels: LevelQueue | undefined = undefined;

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
