import { randomBelow } from '../random-integer.ts';
import type { RandomSource } from '../random-source.ts';
import type { NumberArena } from './number-arena.ts';
import { SelectionStore } from './selection-store.ts';
import { WeightClasses } from './weight-classes.ts';

/** Numbers of a member: seat and weight. */
const pairLength: number = 2;

/** Up to so many members the weights are added up for each draw. */
const maximumSummed: number = 32;

/** Down to so many it is done again. */
const minimumClassed: number = 16;

/**
 * A set of seats with weights, integers 0 .. 2^32 - 1, from which any number can be drawn without replacement: each
 * remaining seat with the probability of its weight over the sum of the remaining weights.
 *
 * A few members lie side by side, and a draw adds up their weights until it has reached its number; nothing outside has
 * to be told where they are. Many are in {@link WeightClasses}.
 */
export class WeightedSet {
  readonly #store: SelectionStore;
  readonly #arena: NumberArena;
  #classes: WeightClasses | undefined;
  #base: number = 0;
  #length: number = 0;
  #count: number = 0;
  #total: number = 0;

  constructor(store: SelectionStore = new SelectionStore()) {
    this.#store = store;
    this.#arena = store.arena;
  }

  /** How many seats are in the set. */
  get size(): number {
    return this.#classes === undefined ? this.#count : this.#classes.size;
  }

  /** Adds a seat that is not in the set. */
  add(seat: number, weight: number): void {
    if (this.#classes === undefined && this.#count === maximumSummed) this.#toClasses();
    if (this.#classes !== undefined) {
      this.#classes.add(seat, weight);
      return;
    }
    const needed = (this.#count + 1) * pairLength;
    if (needed > this.#length) this.#lengthen(needed);
    const address = this.#base + this.#count * pairLength;
    const page = this.#arena.pages[address >> this.#arena.shift] as Float64Array;
    page[address & this.#arena.mask] = seat;
    page[(address & this.#arena.mask) + 1] = weight;
    this.#count++;
    this.#total += weight;
  }

  /** Changes the weight of a seat that is in the set. */
  setWeight(seat: number, weight: number): void {
    if (this.#classes !== undefined) {
      this.#classes.setWeight(seat, weight);
      return;
    }
    const page = this.#arena.pages[this.#base >> this.#arena.shift] as Float64Array;
    const place = this.#find(page, seat);
    this.#total += weight - (page[place + 1] as number);
    page[place + 1] = weight;
  }

  /** Takes out a seat that is in the set. */
  remove(seat: number): void {
    if (this.#classes !== undefined) {
      this.#classes.remove(seat);
      if (this.#classes.size <= minimumClassed) this.#toPairs(this.#classes);
      return;
    }
    const page = this.#arena.pages[this.#base >> this.#arena.shift] as Float64Array;
    const place = this.#find(page, seat);
    const last = (this.#base & this.#arena.mask) + --this.#count * pairLength;
    this.#total -= page[place + 1] as number;
    page[place] = page[last] as number;
    page[place + 1] = page[last + 1] as number;
    if (this.#count === 0) this.#release();
  }

  /**
   * Draws distinct seats; where all weights are 0, uniformly.
   *
   * @param count - How many at most.
   * @returns How many were drawn: seats of weight 0 are not, unless all weights are 0.
   */
  draw(count: number, into: number[], random: RandomSource): number {
    if (this.#classes !== undefined) return this.#classes.draw(count, into, random);
    const length = Math.min(count, this.#count);
    if (length <= 0) return 0;
    const page = this.#arena.pages[this.#base >> this.#arena.shift] as Float64Array;
    const first = this.#base & this.#arena.mask;
    const isWeightless = this.#total === 0;
    let total = this.#total;
    let found = 0;
    // What was drawn goes to the front, where later draws do not look.
    for (let front = first; found < length && (total > 0 || isWeightless); front += pairLength) {
      let place = front;
      if (isWeightless) {
        place += randomBelow(this.#count - found, random) * pairLength;
      } else {
        let rest = randomBelow(total, random);
        while (rest >= (page[place + 1] as number)) {
          rest -= page[place + 1] as number;
          place += pairLength;
        }
      }
      const seat = page[place] as number;
      const weight = page[place + 1] as number;
      page[place] = page[front] as number;
      page[place + 1] = page[front + 1] as number;
      page[front] = seat;
      page[front + 1] = weight;
      into[found++] = seat;
      total -= weight;
    }
    return found;
  }

  #find(page: Float64Array, seat: number): number {
    let place = this.#base & this.#arena.mask;
    while (page[place] !== seat) place += pairLength;
    return place;
  }

  #toClasses(): void {
    const classes = new WeightClasses(this.#store);
    const page = this.#arena.pages[this.#base >> this.#arena.shift] as Float64Array;
    const first = this.#base & this.#arena.mask;
    for (let index = 0; index < this.#count; index++) {
      const place = first + index * pairLength;
      classes.add(page[place] as number, page[place + 1] as number);
    }
    this.#release();
    this.#classes = classes;
  }

  #toPairs(classes: WeightClasses): void {
    this.#classes = undefined;
    classes.forEach((seat, weight) => this.add(seat, weight));
    classes.release();
  }

  #lengthen(needed: number): void {
    const length = this.#arena.lengthFor(needed);
    this.#base =
      this.#length === 0 ? this.#arena.take(length) : this.#arena.lengthen(this.#base, this.#length, length);
    this.#length = length;
  }

  #release(): void {
    if (this.#length > 0) this.#arena.release(this.#base, this.#length);
    this.#length = 0;
    this.#count = 0;
    this.#total = 0;
  }
}
