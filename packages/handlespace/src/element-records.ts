/** Slots of the first page at first: a handlespace of a few elements stays small. */
const firstSlots = 16;

const slotShift = 10;
const pageSlots: number = 1 << slotShift;
const slotMask: number = pageSlots - 1;
const wordShift = 4;

/**
 * What every operation needs to know of an element, as a record of sixteen 32-bit words: a cache line of 64 bytes.
 * The records lie in pages by slot, so that no object exists for an element, and nothing large is ever copied when
 * there are more.
 *
 * The fields are listed here and owned by the class that is named; all hold 0 at first.
 */
export const ElementField = {
  /** Element table: the pool element identifier. */
  identifier: 0,
  /** Element table: the number of the pool plus one; 0 where the slot is free. */
  pool: 1,
  /** Ownership: which holdings the element belongs to. */
  holdings: 2,
  /** Element table: length in messages, mark. */
  flags: 3,
  /** Attribute store: where the attributes are. */
  attributes: 4,
  /** Element table: the serial number, two words. */
  serial: 5,
  /** Ownership: the place in the blocks of what the registrar owns. In a free slot the next free one. */
  ownership: 7,
  /** Times of expiry: where the time is, 0 where there is none; then the next and the previous one of the same time. */
  expiry: 8,
  /** The list of a pool's members: four words. */
  membership: 11,
} as const;

/** The records of all slots. */
export class ElementRecords {
  readonly #pages: Int32Array[] = [new Int32Array(firstSlots << wordShift)];
  #capacity: number = firstSlots;

  /** Slots from here on have no record. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Makes room for more slots. */
  grow(): void {
    if (this.#capacity >= pageSlots) {
      this.#pages.push(new Int32Array(pageSlots << wordShift));
      this.#capacity += pageSlots;
      return;
    }
    this.#capacity *= 2;
    const page = new Int32Array(this.#capacity << wordShift);
    page.set(this.#pages[0] as Int32Array);
    this.#pages[0] = page;
  }

  /**
   * The words among which the record of a slot lies: for who reads or writes several of them, so that the page is
   * looked up once.
   *
   * @param slot - A slot below the capacity.
   */
  page(slot: number): Int32Array {
    return this.#pages[slot >> slotShift] as Int32Array;
  }

  /**
   * Where in {@link ElementRecords.page} the record of a slot begins.
   *
   * @param slot - The slot.
   */
  offset(slot: number): number {
    return (slot & slotMask) << wordShift;
  }

  /**
   * A word of a slot below the capacity.
   *
   * @param slot - The slot.
   * @param field - The number of the word.
   */
  get(slot: number, field: number): number {
    return (this.#pages[slot >> slotShift] as Int32Array)[((slot & slotMask) << wordShift) + field] as number;
  }

  /**
   * Sets a word of a slot below the capacity.
   *
   * @param slot - The slot.
   * @param field - The number of the word.
   * @param value - 32 bits.
   */
  set(slot: number, field: number, value: number): void {
    (this.#pages[slot >> slotShift] as Int32Array)[((slot & slotMask) << wordShift) + field] = value;
  }

  /**
   * A whole number below 2^53 from two words.
   *
   * @param slot - The slot.
   * @param field - The number of the first word.
   */
  getLong(slot: number, field: number): number {
    const page = this.#pages[slot >> slotShift] as Int32Array;
    const word = ((slot & slotMask) << wordShift) + field;
    return (page[word + 1] as number) * 0x100000000 + ((page[word] as number) >>> 0);
  }

  /**
   * Sets two words to a whole number below 2^53.
   *
   * @param slot - The slot.
   * @param field - The number of the first word.
   * @param value - The number.
   */
  setLong(slot: number, field: number, value: number): void {
    const page = this.#pages[slot >> slotShift] as Int32Array;
    const word = ((slot & slotMask) << wordShift) + field;
    page[word] = value | 0;
    page[word + 1] = Math.floor(value / 0x100000000);
  }
}
