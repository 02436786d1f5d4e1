import * as ElementField from './element-field.ts';
import type { ElementRecords } from './element-records.ts';
import type { ElementReference } from './element-reference.ts';

/** Entries left out in front of the root, so that the four children of an entry lie in one cache line and page. */
const margin = 3;

/** Entries of the first page at first. */
const firstEntries = 16;

const entryShift = 12;
const pageEntries: number = 1 << entryShift;
const entryMask: number = pageEntries - 1;

/**
 * The times at which elements expire: a heap with four branches whose entries are a time and an element, in pages;
 * an element's record holds its place. The earliest is known at once, setting, moving and stopping cost O(log n) and
 * allocate nothing. Of two equal times the smaller reference comes first, so that a simulation that is run again
 * takes them in the same order.
 *
 * Place `p` is the entry `p + 3`; the children of `p` are `4p + 1 .. 4p + 4`.
 */
export class ExpiryHeap {
  readonly #records: ElementRecords;
  readonly #pages: Float64Array[] = [new Float64Array(firstEntries * 2)];
  #capacity: number = firstEntries - margin;
  #size = 0;

  /**
   * @param records - The records of the elements.
   */
  constructor(records: ElementRecords) {
    this.#records = records;
  }

  /** How many elements have a time. */
  get size(): number {
    return this.#size;
  }

  /**
   * Sets the time of an element, also where it has one.
   *
   * @param element - The element.
   * @param at - When it expires, in milliseconds on the caller's clock.
   */
  set(element: ElementReference, at: number): void {
    let place = this.#records.get(element, ElementField.expiry) - 1;
    if (place === -1) {
      if (this.#size === this.#capacity) this.#grow();
      place = this.#size;
      this.#size += 1;
      this.#raise(place, element, at);
    } else this.#settle(place, element, at);
  }

  /**
   * Takes the time of an element away; no error where it has none.
   *
   * @param element - The element.
   */
  stop(element: ElementReference): void {
    const place = this.#records.get(element, ElementField.expiry) - 1;
    if (place === -1) return;
    this.#records.set(element, ElementField.expiry, 0);
    this.#size -= 1;
    if (place === this.#size) return;
    this.#settle(place, this.#elementAt(this.#size), this.#timeAt(this.#size));
  }

  /** When an element expires, or `undefined`. */
  at(element: ElementReference): number | undefined {
    const place = this.#records.get(element, ElementField.expiry) - 1;
    return place === -1 ? undefined : this.#timeAt(place);
  }

  /** The element that expires first, or -1. */
  earliest(): number {
    return this.#size === 0 ? -1 : this.#elementAt(0);
  }

  /** When the first element expires; there has to be one. */
  earliestTime(): number {
    return this.#timeAt(0);
  }

  #timeAt(place: number): number {
    const entry = place + margin;
    return (this.#pages[entry >> entryShift] as Float64Array)[(entry & entryMask) * 2] as number;
  }

  #elementAt(place: number): ElementReference {
    const entry = place + margin;
    return (this.#pages[entry >> entryShift] as Float64Array)[(entry & entryMask) * 2 + 1] as number;
  }

  #put(place: number, element: ElementReference, at: number): void {
    const entry = place + margin;
    const page = this.#pages[entry >> entryShift] as Float64Array;
    const index = (entry & entryMask) * 2;
    page[index] = at;
    page[index + 1] = element;
    this.#records.set(element, ElementField.expiry, place + 1);
  }

  #settle(place: number, element: ElementReference, at: number): void {
    if (place > 0 && this.#precedes(element, at, (place - 1) >> 2)) this.#raise(place, element, at);
    else this.#sink(place, element, at);
  }

  #precedes(element: ElementReference, at: number, place: number): boolean {
    const other = this.#timeAt(place);
    return at < other || (at === other && element < this.#elementAt(place));
  }

  /** Moves an element from a place towards the top as far as it belongs. */
  #raise(from: number, element: ElementReference, at: number): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 2;
      if (!this.#precedes(element, at, above)) break;
      this.#put(place, this.#elementAt(above), this.#timeAt(above));
      place = above;
    }
    this.#put(place, element, at);
  }

  /** Moves an element from a place away from the top as far as it belongs. */
  #sink(from: number, element: ElementReference, at: number): void {
    let place = from;
    for (;;) {
      const first = place * 4 + 1;
      const children = Math.min(4, this.#size - first);
      if (children <= 0) break;
      const entry = first + margin;
      const page = this.#pages[entry >> entryShift] as Float64Array;
      const start = (entry & entryMask) * 2;
      let child = -1;
      let earliest = at;
      let smallest = element;
      for (let index = start; index < start + children * 2; index += 2) {
        const time = page[index] as number;
        if (time > earliest) continue;
        const other = page[index + 1] as number;
        if (time === earliest && other > smallest) continue;
        child = index;
        earliest = time;
        smallest = other;
      }
      if (child === -1) break;
      this.#put(place, smallest, earliest);
      place = first + ((child - start) >> 1);
    }
    this.#put(place, element, at);
  }

  #grow(): void {
    if (this.#capacity >= pageEntries - margin) {
      this.#pages.push(new Float64Array(pageEntries * 2));
      this.#capacity += pageEntries;
      return;
    }
    const page = new Float64Array((this.#capacity + margin) * 4);
    page.set(this.#pages[0] as Float64Array);
    this.#pages[0] = page;
    this.#capacity = page.length / 2 - margin;
  }
}
