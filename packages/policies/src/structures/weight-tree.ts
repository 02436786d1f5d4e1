import { PolicyError } from '../policy-error.ts';
import type { NumberArena } from './number-arena.ts';
import { SelectionStore } from './selection-store.ts';

/**
 * Weights by index and their partial sums (a Fenwick tree): setting a weight, and finding the index in which a
 * value below the total falls, take O(log n). Sums are exact: integers up to 2^53 - 1.
 *
 * The run holds pairs: the weight of index `i` at `2i`, and at `2i + 1` the sum of the weights of the indices
 * `i + 1 - lowestBit(i + 1) .. i`. Numbers behind the largest index that ever had a weight are not valid.
 */
export class WeightTree {
  readonly #arena: NumberArena;
  #base: number = 0;
  #length: number = 0;
  /** Indices below this one have valid numbers. */
  #count: number = 0;
  #total: number = 0;

  constructor(store: SelectionStore = new SelectionStore()) {
    this.#arena = store.arena;
  }

  /** The sum of all weights. */
  get total(): number {
    return this.#total;
  }

  /** The weight of an index, 0 where none was set. */
  weightOf(index: number): number {
    return index < this.#count ? this.#read(2 * index) : 0;
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

  /** Sets the weight of an index, an integer 0 .. 0xffffffff. */
  set(index: number, weight: number): void {
    while (index >= this.#count) this.#append();
    const { pages, shift, mask } = this.#arena;
    const address = this.#base + 2 * index;
    const page = pages[address >> shift] as Float64Array;
    const difference = weight - (page[address & mask] as number);
    if (difference === 0) return;
    page[address & mask] = weight;
    this.#total += difference;
    for (let number = index + 1; number <= this.#count; number += number & -number) {
      const sum = this.#base + 2 * number - 1;
      const sumPage = pages[sum >> shift] as Float64Array;
      sumPage[sum & mask] = (sumPage[sum & mask] as number) + difference;
    }
  }

  /** Forgets the weights from an index on; all of them have to be 0. */
  truncate(count: number): void {
    if (count < this.#count) this.#count = count;
    if (count > 0 || this.#length === 0) return;
    this.#arena.release(this.#base, this.#length);
    this.#length = 0;
  }

  /**
   * The index in whose part of the total a value falls: each has as many integers as its weight.
   *
   * @param value - An integer 0 .. total - 1.
   */
  seatAt(value: number): number {
    let index = 0;
    let rest = value;
    const count = this.#count;
    const { pages, shift, mask } = this.#arena;
    for (let step = 1 << (31 - Math.clz32(count)); step > 0; step >>= 1) {
      const number = index + step;
      if (number > count) continue;
      const address = this.#base + 2 * number - 1;
      const sum = (pages[address >> shift] as Float64Array)[address & mask] as number;
      if (sum > rest) continue;
      rest -= sum;
      index = number;
    }
    return index;
  }

  /** A new index of weight 0: its sum is that of the indices which it is above of. */
  #append(): void {
    const number = ++this.#count;
    if (2 * number > this.#length) this.#lengthen(2 * number);
    let sum = 0;
    const lowest = number - (number & -number);
    for (let part = number - 1; part > lowest; part -= part & -part) sum += this.#read(2 * part - 1);
    this.#write(2 * number - 2, 0);
    this.#write(2 * number - 1, sum);
  }

  #read(offset: number): number {
    const address = this.#base + offset;
    return (this.#arena.pages[address >> this.#arena.shift] as Float64Array)[
      address & this.#arena.mask
    ] as number;
  }

  #write(offset: number, value: number): void {
    const address = this.#base + offset;
    (this.#arena.pages[address >> this.#arena.shift] as Float64Array)[address & this.#arena.mask] = value;
  }

  #lengthen(needed: number): void {
    const length = this.#arena.lengthFor(needed);
    this.#base =
      this.#length === 0 ? this.#arena.take(length) : this.#arena.lengthen(this.#base, this.#length, length);
    this.#length = length;
  }
}
