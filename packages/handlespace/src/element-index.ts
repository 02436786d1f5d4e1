import type { ElementReference } from './element-reference.ts';
import type { ElementTable } from './element-table.ts';
import { poolElementHash } from './hashing.ts';
import { ProbeTable } from './probe-table.ts';

/**
 * Finds an element by its pool and its identifier. One table for the whole handlespace: with many small pools a
 * table for each would cost more than the elements.
 */
export class ElementIndex {
  readonly #elements: ElementTable;
  readonly #seed: number;
  readonly #table: ProbeTable = new ProbeTable();

  /**
   * @param elements - Where pool number and identifier of an element are kept.
   * @param seed - A random number for the hash, 32 bits.
   */
  constructor(elements: ElementTable, seed: number) {
    this.#elements = elements;
    this.#seed = seed;
  }

  /**
   * The element with an identifier in a pool, or -1.
   *
   * @param poolNumber - The pool.
   * @param identifier - The pool element identifier.
   */
  find(poolNumber: number, identifier: number): number {
    const place = this.#placeOf(poolNumber, identifier);
    return place === -1 ? -1 : this.#table.valueAt(place);
  }

  /**
   * Adds an element that the element table holds already.
   *
   * @param element - The element; no other has its pool and identifier.
   */
  add(element: ElementReference): void {
    this.#table.insert(this.#hashOf(element), element);
  }

  /**
   * Removes an element that the element table still holds.
   *
   * @param element - The element.
   */
  remove(element: ElementReference): void {
    const place = this.#placeOf(this.#elements.poolNumber(element), this.#elements.identifier(element));
    if (place !== -1) this.#table.removeAt(place);
  }

  #hashOf(element: ElementReference): number {
    return poolElementHash(
      this.#elements.poolNumber(element),
      this.#elements.identifier(element),
      this.#seed,
    );
  }

  #placeOf(poolNumber: number, identifier: number): number {
    const hash = poolElementHash(poolNumber, identifier, this.#seed);
    for (let place = this.#table.first(hash); place !== -1; place = this.#table.next(place)) {
      const element = this.#table.valueAt(place);
      if (
        this.#elements.identifier(element) === identifier &&
        this.#elements.poolNumber(element) === poolNumber
      ) {
        return place;
      }
    }
    return -1;
  }
}
