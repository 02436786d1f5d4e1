const pageShift = 14;
const pageWords: number = 1 << pageShift;
const pageMask: number = pageWords - 1;

/** Runs have a multiple of so many words, so that what is given back fits again. */
const unitShift = 2;
const unitWords: number = 1 << unitShift;

/** The length of the run that so many words are kept in, in units. */
export function unitsFor(words: number): number {
  return (words + unitWords - 1) >> unitShift;
}

/**
 * Runs of 32-bit words in pages: short, of any length, and never moved. A run lies in one page.
 */
export class WordArena {
  readonly #pages: Int32Array[] = [];
  /** Free runs by their length in units. */
  readonly #free: number[][] = [];
  #next = 0;
  #end = 0;

  /**
   * Takes a run.
   *
   * @param units - What {@link unitsFor} returned, up to 4,096.
   * @returns Its address.
   */
  take(units: number): number {
    const free = units < this.#free.length ? this.#free[units] : undefined;
    if (free !== undefined && free.length > 0) return free.pop() as number;
    const room = units << unitShift;
    if (this.#end - this.#next < room) {
      this.#next = this.#pages.length << pageShift;
      this.#end = this.#next + pageWords;
      this.#pages.push(new Int32Array(pageWords));
    }
    const address = this.#next;
    this.#next += room;
    return address;
  }

  /** Gives a run back. */
  release(address: number, units: number): void {
    while (this.#free.length <= units) this.#free.push([]);
    (this.#free[units] as number[]).push(address);
  }

  /** The page in which a run lies. */
  page(address: number): Int32Array {
    return this.#pages[address >> pageShift] as Int32Array;
  }

  /** Where in its page a run begins, in words. */
  offset(address: number): number {
    return address & pageMask;
  }
}
