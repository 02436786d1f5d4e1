import { PolicyError } from '../policy-error.ts';
import { capacityFor } from './growth.ts';

/**
 * Weights of seats and their partial sums (a Fenwick tree): setting a weight, and finding the seat in which a
 * value below the total falls, take O(log n). Sums are exact: integers up to 2^53 - 1.
 */
export class WeightTree {
  #weights: Uint32Array = new Uint32Array(0);
  /** Entry `i` (from 1) is the sum of the weights of the seats `i - lowestBit(i)` .. `i - 1`. */
  #sums: Float64Array = new Float64Array(1);
  #total: number = 0;

  /** The sum of all weights. */
  get total(): number {
    return this.#total;
  }

  /** The weight of a seat, 0 where none was set. */
  weightOf(seat: number): number {
    return this.#weights[seat] ?? 0;
  }

  /**
   * Makes sure that the total can change by an amount and stay exact.
   *
   * @throws {@link PolicyError} `ERR_RSERPOOL_WEIGHT_SUM_TOO_LARGE`; it takes more than two million elements to get there.
   */
  ensureRoomFor(difference: number): void {
    if (this.#total + difference <= Number.MAX_SAFE_INTEGER) return;
    throw new PolicyError(
      'ERR_RSERPOOL_WEIGHT_SUM_TOO_LARGE',
      'the weights of the pool would add up to more than 2^53 - 1: use smaller weights in the same ratio, or fewer elements',
    );
  }

  /** Sets the weight of a seat, an integer 0 .. 0xffffffff. */
  set(seat: number, weight: number): void {
    if (seat >= this.#weights.length) this.#grow(capacityFor(seat));
    const difference = weight - (this.#weights[seat] as number);
    if (difference === 0) return;
    this.#weights[seat] = weight;
    this.#total += difference;
    for (let index = seat + 1; index < this.#sums.length; index += index & -index) {
      this.#sums[index] = (this.#sums[index] as number) + difference;
    }
  }

  /**
   * The seat in whose part of the total a value falls: each seat has as many integers as its weight.
   *
   * @param value - An integer 0 .. total - 1.
   */
  seatAt(value: number): number {
    let seat = 0;
    let rest = value;
    for (let step = this.#weights.length; step > 0; step >>= 1) {
      const index = seat + step;
      if (index >= this.#sums.length || (this.#sums[index] as number) > rest) continue;
      rest -= this.#sums[index] as number;
      seat = index;
    }
    return seat;
  }

  #grow(capacity: number): void {
    const weights = new Uint32Array(capacity);
    weights.set(this.#weights);
    const sums = new Float64Array(capacity + 1);
    sums.set(this.#sums);
    // In a tree over a power of two of seats, the entries at the powers above are sums over everything.
    for (let index = Math.max(1, 2 * this.#weights.length); index <= capacity; index *= 2)
      sums[index] = this.#total;
    this.#weights = weights;
    this.#sums = sums;
  }
}
