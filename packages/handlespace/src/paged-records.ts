/** Records of the first page at first: a handlespace of a few elements stays small. */
const firstRecords = 16;

const recordShift = 10;
const pageRecords: number = 1 << recordShift;
const recordMask: number = pageRecords - 1;
const wordShift = 4;

/**
 * Numbered records of sixteen 32-bit words: a cache line of 64 bytes. They lie in pages, so that no object exists for
 * a record, none ever moves once its page is full-sized, and nothing large is copied when there are more.
 *
 * Who reads one word takes {@link PagedRecords.get}; who reads several takes the page and the place of the record
 * there once: `page(number)[base(number) + field]`. A page is good until {@link PagedRecords.grow} is called.
 */
export class PagedRecords {
  readonly #pages: Int32Array[] = [new Int32Array(firstRecords << wordShift)];
  #capacity: number = firstRecords;

  /** There are no records with numbers from here on. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Makes room for more records; all words of them are 0. */
  grow(): void {
    if (this.#capacity >= pageRecords) {
      this.#pages.push(new Int32Array(pageRecords << wordShift));
      this.#capacity += pageRecords;
      return;
    }
    this.#capacity *= 2;
    const page = new Int32Array(this.#capacity << wordShift);
    page.set(this.#pages[0] as Int32Array);
    this.#pages[0] = page;
  }

  /**
   * The page in which a record lies.
   *
   * @param number - A number below the capacity.
   */
  page(number: number): Int32Array {
    return this.#pages[number >> recordShift] as Int32Array;
  }

  /**
   * Where in its page a record begins.
   *
   * @param number - The number of the record.
   */
  base(number: number): number {
    return (number & recordMask) << wordShift;
  }

  /**
   * A word of a record.
   *
   * @param number - A number below the capacity.
   * @param field - The number of the word.
   */
  get(number: number, field: number): number {
    return this.page(number)[this.base(number) + field] as number;
  }

  /**
   * Sets a word of a record.
   *
   * @param number - A number below the capacity.
   * @param field - The number of the word.
   * @param value - 32 bits.
   */
  set(number: number, field: number, value: number): void {
    this.page(number)[this.base(number) + field] = value;
  }

  /**
   * A whole number below 2^53 from two words.
   *
   * @param number - A number below the capacity.
   * @param field - The number of the first word.
   */
  getLong(number: number, field: number): number {
    const page = this.page(number);
    const word = this.base(number) + field;
    return (page[word + 1] as number) * 0x100000000 + ((page[word] as number) >>> 0);
  }

  /**
   * Sets two words to a whole number below 2^53.
   *
   * @param number - A number below the capacity.
   * @param field - The number of the first word.
   * @param value - The number.
   */
  setLong(number: number, field: number, value: number): void {
    const page = this.page(number);
    const word = this.base(number) + field;
    page[word] = value | 0;
    page[word + 1] = upperWord(value);
  }
}

/**
 * The upper 32 bits of a whole number.
 *
 * @param value - 0 .. 2^53 - 1; mostly below 2^31, where nothing has to be divided.
 */
export function upperWord(value: number): number {
  return (value | 0) === value ? 0 : Math.floor(value / 0x100000000);
}
