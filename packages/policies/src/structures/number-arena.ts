/** The shortest run: one group of a heap with four branches. */
const shortestRun: number = 16;

/** Up to here a run doubles: pools of a few elements come and go, and a shorter step would save little. */
const doubledLength: number = 64;

/** Stands where an address range has no memory yet. */
const nothing: Float64Array = new Float64Array(0);

/**
 * Runs of numbers for many small and a few huge structures, in pages. An address is an index over all pages, so a
 * run is addressed as an array is, by its base and an offset, wherever its memory lies.
 *
 * Invariants: a run up to a page never crosses the end of a page. A longer one begins with a page and owns whole
 * pages; it grows by a page at a time into addresses that were reserved for it, and where those are used up its
 * pages are given new addresses: the memory stays. So nothing large is ever copied, and a group of numbers that is
 * aligned to a power of two lies in one page always.
 */
export class NumberArena {
  /** The pages; `pages[address >> shift][address & mask]` is the number at an address. */
  readonly pages: Float64Array[] = [];
  /** The binary logarithm of the length of a page. */
  readonly shift: number;
  /** The length of a page minus one. */
  readonly mask: number;
  /** Bases of free runs by their length; of huge ones these are addresses without memory. */
  readonly #free: Map<number, number[]> = new Map();
  /** How many addresses a huge run has, by its base. */
  readonly #reserved: Map<number, number> = new Map();
  /** Where the current page for short runs goes on, and where it ends. */
  #next: number = 0;
  #end: number = 0;

  /**
   * @param shift - The binary logarithm of the length of a page, at least 5: large for a store of many pools, small
   *   for one list of servers.
   */
  constructor(shift: number) {
    this.shift = shift;
    this.mask = (1 << shift) - 1;
  }

  /** The length that a run has which has to hold so many numbers: short ones double, longer ones are at most a half apart, huge ones whole pages. */
  lengthFor(count: number): number {
    const page = this.mask + 1;
    if (count > page) return Math.ceil(count / page) * page;
    let length = shortestRun;
    while (length < count) length *= 2;
    const between = (length >> 2) * 3;
    return between >= count && length > doubledLength ? between : length;
  }

  /**
   * Takes a run. Its numbers are what they were last: zero, or left by somebody else.
   *
   * @param length - What {@link NumberArena.lengthFor} returned.
   * @returns Its base.
   */
  take(length: number): number {
    if (length > this.mask + 1) return this.#takeHuge(length);
    const free = this.#free.get(length);
    if (free !== undefined && free.length > 0) return free.pop() as number;
    if (this.#end - this.#next < length) {
      this.#next = this.pages.length << this.shift;
      this.#end = this.#next + this.mask + 1;
      this.pages.push(new Float64Array(this.mask + 1));
    }
    const base = this.#next;
    this.#next += length;
    return base;
  }

  /** Gives a run back. */
  release(base: number, length: number): void {
    if (length <= this.mask + 1) {
      this.#keep(base, length);
      return;
    }
    const first = base >> this.shift;
    this.pages.fill(nothing, first, first + (length >> this.shift));
    this.#keep(base, this.#reserved.get(base) as number);
    this.#reserved.delete(base);
  }

  /**
   * Makes a run longer.
   *
   * @param length - What {@link NumberArena.lengthFor} returned for more numbers than the run has.
   * @returns The new base; the numbers are the same there, and the old base is not valid any more.
   */
  lengthen(base: number, oldLength: number, length: number): number {
    if (oldLength <= this.mask + 1) {
      const longer = this.take(length);
      const from = base & this.mask;
      const to = longer & this.mask;
      const source = this.pages[base >> this.shift] as Float64Array;
      const target = this.pages[longer >> this.shift] as Float64Array;
      if (oldLength > doubledLength) target.set(source.subarray(from, from + oldLength), to);
      // By hand: most runs are so short that the calls would take longer.
      else
        for (let index = 0; index < oldLength; index++) target[to + index] = source[from + index] as number;
      this.release(base, oldLength);
      return longer;
    }
    if (length <= (this.#reserved.get(base) as number)) {
      this.#fillPages(base, oldLength, length);
      return base;
    }
    const longer = this.#reserve(length * 2);
    const first = base >> this.shift;
    const count = oldLength >> this.shift;
    for (let page = 0; page < count; page++) {
      this.pages[(longer >> this.shift) + page] = this.pages[first + page] as Float64Array;
    }
    this.release(base, oldLength);
    this.#fillPages(longer, oldLength, length);
    return longer;
  }

  #keep(base: number, length: number): void {
    const free = this.#free.get(length);
    if (free === undefined) this.#free.set(length, [base]);
    else free.push(base);
  }

  #takeHuge(length: number): number {
    const base = this.#reserve(length * 2);
    this.#fillPages(base, 0, length);
    return base;
  }

  #reserve(least: number): number {
    let length = this.mask + 1;
    while (length < least) length *= 2;
    let base = this.#free.get(length)?.pop();
    if (base === undefined) {
      base = this.pages.length << this.shift;
      for (let page = length >> this.shift; page > 0; page--) this.pages.push(nothing);
    }
    this.#reserved.set(base, length);
    return base;
  }

  #fillPages(base: number, from: number, to: number): void {
    for (let address = base + from; address < base + to; address += this.mask + 1) {
      this.pages[address >> this.shift] = new Float64Array(this.mask + 1);
    }
  }
}
