/** Numbers of a seat: a cache line of 64 bytes. */
const recordShift: number = 3;

/** Seats of the first page at first: a list of a few servers stays small. */
const firstSeats: number = 4;

/**
 * What the structures keep of a seat: a record of eight numbers, all in one cache line, in pages. A seat is in one
 * structure of each kind at most, so that structures which exclude one another share a field.
 *
 * The page of a seat is `pages[seat >> shift]`, its record begins there at `(seat & mask) << 3`.
 */
export class SeatRecords {
  /** The pages. */
  readonly pages: Float64Array[] = [];
  /**
   * The same pages as integers, sixteen a record: the record of a seat begins at `(seat & mask) << 4`. A chain of
   * links is followed quicker without a conversion at each of them.
   */
  readonly words: Int32Array[] = [];
  /**
   * The links of rings, two integers a seat, apart from the records: a large ring is walked along without a cache miss
   * at each seat. Those of a seat begin at `(seat & mask) << 1`.
   */
  readonly links: Int32Array[] = [];
  /** The binary logarithm of the seats of a page. */
  readonly shift: number;
  /** The seats of a page minus one. */
  readonly mask: number;
  #capacity: number = 0;

  /**
   * @param shift - The binary logarithm of the seats of a page.
   */
  constructor(shift: number) {
    this.shift = shift;
    this.mask = (1 << shift) - 1;
  }

  /** Seats from here on have no record. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Makes sure that a seat has a record. */
  reserve(seat: number): void {
    while (seat >= this.#capacity) this.#grow();
  }

  /** A field of a seat that has a record. */
  get(seat: number, field: number): number {
    return (this.pages[seat >> this.shift] as Float64Array)[
      ((seat & this.mask) << recordShift) + field
    ] as number;
  }

  /** Sets a field of a seat that has a record. */
  set(seat: number, field: number, value: number): void {
    (this.pages[seat >> this.shift] as Float64Array)[((seat & this.mask) << recordShift) + field] = value;
  }

  /** Doubles the first page up to its full length, then adds pages: nothing large is copied. */
  #grow(): void {
    const full = this.mask + 1;
    if (this.#capacity >= full) {
      this.#setPage(this.pages.length, new Float64Array(full << recordShift));
      this.#capacity += full;
      return;
    }
    this.#capacity = Math.min(full, Math.max(firstSeats, this.#capacity * 2));
    const page = new Float64Array(this.#capacity << recordShift);
    if (this.pages[0] !== undefined) page.set(this.pages[0]);
    this.#setPage(0, page);
  }

  #setPage(index: number, page: Float64Array): void {
    this.pages[index] = page;
    this.words[index] = new Int32Array(page.buffer);
    const links = new Int32Array((page.length >> recordShift) * 2);
    const before = this.links[index];
    if (before !== undefined) links.set(before);
    this.links[index] = links;
  }
}
