import type { RandomSource } from '../random-source.ts';
import { randomBelow } from '../random-integer.ts';
import { capacityFor, grownInt32 } from './growth.ts';

/**
 * A set of seats from which any number can be drawn uniformly without replacement, in constant time for each:
 * the members are dense in an array, and a draw swaps its choice to the front. What an earlier draw left in a
 * different order does not matter to the next one.
 */
export class SampleSet {
  #members: Int32Array = new Int32Array(0);
  #positions: Int32Array = new Int32Array(0);
  #size: number = 0;

  /** How many seats are in the set. */
  get size(): number {
    return this.#size;
  }

  /** Adds a seat that is not in the set. */
  add(seat: number): void {
    if (seat >= this.#positions.length) {
      const capacity = capacityFor(seat);
      this.#members = grownInt32(this.#members, capacity);
      this.#positions = grownInt32(this.#positions, capacity);
    }
    this.#put(this.#size++, seat);
  }

  /** Takes out a seat that is in the set. */
  remove(seat: number): void {
    this.#put(this.#positions[seat] as number, this.#members[--this.#size] as number);
  }

  /**
   * Draws seats, each remaining one with the same probability.
   *
   * @returns How many were written: `count`, or fewer where the set is smaller.
   */
  draw(count: number, into: number[], random: RandomSource): number {
    const length = Math.min(count, this.#size);
    for (let index = 0; index < length; index++) {
      const position = index + randomBelow(this.#size - index, random);
      const seat = this.#members[position] as number;
      this.#put(position, this.#members[index] as number);
      this.#put(index, seat);
      into[index] = seat;
    }
    return length;
  }

  #put(position: number, seat: number): void {
    this.#members[position] = seat;
    this.#positions[seat] = position;
  }
}
