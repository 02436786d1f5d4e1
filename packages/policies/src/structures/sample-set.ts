import type { RandomSource } from '../random-source.ts';
import { randomBelow } from '../random-integer.ts';
import type { NumberArena } from './number-arena.ts';
import { positionField } from './seat-fields.ts';
import type { SeatRecords } from './seat-records.ts';
import { SelectionStore } from './selection-store.ts';

/** Up to so many are drawn by comparing with what was drawn before. */
const maximumCompared: number = 8;

/** A sound source never needs so many draws, since each succeeds with a probability of a half at least. */
const maximumTries: number = 300;

/**
 * A set of seats from which any number can be drawn uniformly without replacement, in constant time for each:
 * the members are dense in a run, and drawing many swaps each choice to the front. What an earlier draw left in a
 * different order does not matter to the next one.
 */
export class SampleSet {
  readonly #arena: NumberArena;
  readonly #records: SeatRecords;
  #base: number = 0;
  #length: number = 0;
  #size: number = 0;

  constructor(store: SelectionStore = new SelectionStore()) {
    this.#arena = store.arena;
    this.#records = store.records;
  }

  /** How many seats are in the set. */
  get size(): number {
    return this.#size;
  }

  /** The position of a seat that is in the set, 0 .. size - 1. It changes with draws and when others leave. */
  positionOf(seat: number): number {
    return this.#records.get(seat, positionField);
  }

  /** The seat at a position. */
  at(position: number): number {
    const address = this.#base + position;
    return (this.#arena.pages[address >> this.#arena.shift] as Float64Array)[
      address & this.#arena.mask
    ] as number;
  }

  /** Adds a seat that is not in the set, at the last position. */
  add(seat: number): void {
    this.#records.reserve(seat);
    const position = this.#size++;
    if (this.#size > this.#length) this.#lengthen(this.#size);
    this.#put(position, seat);
  }

  /** Takes out a seat that is in the set; the last one gets its position. */
  remove(seat: number): void {
    this.#put(this.positionOf(seat), this.at(--this.#size));
  }

  /** Gives the memory of an empty set back. */
  release(): void {
    if (this.#length > 0) this.#arena.release(this.#base, this.#length);
    this.#length = 0;
  }

  /**
   * Draws seats, each remaining one with the same probability.
   *
   * @returns How many were written: `count`, or fewer where the set is smaller.
   */
  draw(count: number, into: number[], random: RandomSource): number {
    const length = Math.min(count, this.#size);
    if (length <= maximumCompared && length * 4 <= this.#size) return this.#drawFew(length, into, random);
    for (let index = 0; index < length; index++) {
      const position = index + randomBelow(this.#size - index, random);
      const seat = this.at(position);
      this.#put(position, this.at(index));
      this.#put(index, seat);
      into[index] = seat;
    }
    return length;
  }

  /** What was drawn already is drawn again: with at most a half of the set gone that is rare, and nothing is written. */
  #drawFew(length: number, into: number[], random: RandomSource): number {
    const { pages, shift, mask } = this.#arena;
    const size = this.#size;
    let found = 0;
    for (let tries = 0; found < length; tries++) {
      // A source that is stuck would never end it.
      const drawn = randomBelow(size, random);
      const address = this.#base + (tries < maximumTries ? drawn : (drawn + tries) % size);
      const seat = (pages[address >> shift] as Float64Array)[address & mask] as number;
      let index = 0;
      while (index < found && into[index] !== seat) index++;
      if (index === found) into[found++] = seat;
    }
    return found;
  }

  #put(position: number, seat: number): void {
    const address = this.#base + position;
    (this.#arena.pages[address >> this.#arena.shift] as Float64Array)[address & this.#arena.mask] = seat;
    this.#records.set(seat, positionField, position);
  }

  #lengthen(needed: number): void {
    const length = this.#arena.lengthFor(needed);
    this.#base =
      this.#length === 0 ? this.#arena.take(length) : this.#arena.lengthen(this.#base, this.#length, length);
    this.#length = length;
  }
}
