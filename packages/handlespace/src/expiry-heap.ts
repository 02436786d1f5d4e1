import { enlargedColumn, initialCapacity } from './column.ts';
import type { ElementReference } from './element-reference.ts';

const branches = 4;

/**
 * The times at which elements expire: a heap with four branches over element references, beside it the time of
 * each element and its place in the heap. The earliest is known at once, setting, moving and stopping cost
 * O(log n) and allocate nothing. Of two equal times the smaller reference comes first, so that a simulation
 * that is run again takes them in the same order.
 */
export class ExpiryHeap {
  #heap: Int32Array = new Int32Array(initialCapacity);
  /** The element's place in the heap plus one; 0 where it has no time. */
  #places: Int32Array = new Int32Array(initialCapacity);
  #times: Float64Array = new Float64Array(initialCapacity);
  #size = 0;

  /** How many elements have a time. */
  get size(): number {
    return this.#size;
  }

  /**
   * Makes room for more elements.
   *
   * @param capacity - How many slots there are now.
   */
  enlarge(capacity: number): void {
    this.#heap = enlargedColumn(this.#heap, capacity);
    this.#places = enlargedColumn(this.#places, capacity);
    this.#times = enlargedColumn(this.#times, capacity);
  }

  /**
   * Sets the time of an element, also where it has one.
   *
   * @param element - The element.
   * @param at - When it expires, in milliseconds on the caller's clock.
   */
  set(element: ElementReference, at: number): void {
    let place = (this.#places[element] as number) - 1;
    if (place === -1) {
      place = this.#size;
      this.#size += 1;
    }
    this.#times[element] = at;
    this.#sink(this.#raise(place, element), element);
  }

  /**
   * Takes the time of an element away; no error where it has none.
   *
   * @param element - The element.
   */
  stop(element: ElementReference): void {
    const place = (this.#places[element] as number) - 1;
    if (place === -1) return;
    this.#places[element] = 0;
    this.#size -= 1;
    if (place === this.#size) return;
    const last = this.#heap[this.#size] as number;
    this.#sink(this.#raise(place, last), last);
  }

  /** When an element expires, or `undefined`. */
  at(element: ElementReference): number | undefined {
    return this.#places[element] === 0 ? undefined : this.#times[element];
  }

  /** The element that expires first, or -1. */
  earliest(): number {
    return this.#size === 0 ? -1 : (this.#heap[0] as number);
  }

  #before(element: ElementReference, other: ElementReference): boolean {
    const at = this.#times[element] as number;
    const otherAt = this.#times[other] as number;
    return at < otherAt || (at === otherAt && element < other);
  }

  #put(place: number, element: ElementReference): void {
    this.#heap[place] = element;
    this.#places[element] = place + 1;
  }

  /** Moves an element from a place towards the top as far as it belongs; returns where it is then. */
  #raise(from: number, element: ElementReference): number {
    let place = from;
    while (place > 0) {
      const parentPlace = ((place - 1) / branches) | 0;
      const parent = this.#heap[parentPlace] as number;
      if (!this.#before(element, parent)) break;
      this.#put(place, parent);
      place = parentPlace;
    }
    this.#put(place, element);
    return place;
  }

  /** Moves an element from a place away from the top as far as it belongs. */
  #sink(from: number, element: ElementReference): void {
    let place = from;
    for (;;) {
      const first = place * branches + 1;
      if (first >= this.#size) break;
      const end = Math.min(first + branches, this.#size);
      let childPlace = first;
      for (let other = first + 1; other < end; other += 1) {
        if (this.#before(this.#heap[other] as number, this.#heap[childPlace] as number)) childPlace = other;
      }
      const child = this.#heap[childPlace] as number;
      if (!this.#before(child, element)) break;
      this.#put(place, child);
      place = childPlace;
    }
    this.#put(place, element);
  }
}
