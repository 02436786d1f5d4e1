import type { ElementReference } from './element-reference.ts';
import { poolElementHash } from './hashing.ts';
import { ProbeTable } from './probe-table.ts';

/**
 * Finds an element by its pool and its identifier, which are kept in the table itself, so that a search touches
 * nothing else. One table for the whole handlespace: with many small pools a table for each would cost more than
 * the elements.
 */
export class ElementIndex {
  readonly #seed: number;
  readonly #table: ProbeTable = new ProbeTable();

  /**
   * @param seed - A random number for the hash, 32 bits.
   */
  constructor(seed: number) {
    this.#seed = seed;
  }

  /**
   * The element with an identifier in a pool, or -1.
   *
   * @param poolNumber - The pool.
   * @param identifier - The pool element identifier.
   */
  find(poolNumber: number, identifier: number): number {
    const hash = poolElementHash(poolNumber, identifier, this.#seed);
    return this.#table.find(hash, identifier | 0, poolNumber);
  }

  /**
   * Adds an element.
   *
   * @param element - The element; no other has its pool and identifier.
   * @param poolNumber - The pool.
   * @param identifier - The pool element identifier.
   */
  add(element: ElementReference, poolNumber: number, identifier: number): void {
    const hash = poolElementHash(poolNumber, identifier, this.#seed);
    this.#table.insert(hash, element, identifier | 0, poolNumber);
  }

  /**
   * Removes an element.
   *
   * @param element - The element.
   * @param poolNumber - Its pool.
   * @param identifier - Its identifier.
   */
  remove(element: ElementReference, poolNumber: number, identifier: number): void {
    this.#table.remove(poolElementHash(poolNumber, identifier, this.#seed), element);
  }
}
