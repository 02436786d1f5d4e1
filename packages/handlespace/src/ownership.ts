import type { ElementReference } from './element-reference.ts';
import { emptyList, type OrderedList, OrderedLists } from './ordered-lists.ts';

/** What one registrar owns. */
interface Holdings {
  readonly list: OrderedList;
  /** The sum behind its checksum, modulo 2^32. */
  sum: number;
}

/**
 * Which elements each registrar owns: a list through the elements, their number, and the sum of their blocks
 * for the checksum (RFC 5353 section 3.6). Everything is kept in step with each change, nothing is recomputed.
 */
export class Ownership {
  /** The links of the lists; the order is that in which elements came to their registrar. */
  readonly lists: OrderedLists = new OrderedLists();
  readonly #holdings: Map<number, Holdings> = new Map();

  /**
   * Gives an element to a registrar.
   *
   * @param homeRegistrar - The registrar.
   * @param element - An element that nobody owns yet.
   * @param sum - The element's block sum.
   */
  add(homeRegistrar: number, element: ElementReference, sum: number): void {
    let holdings = this.#holdings.get(homeRegistrar);
    if (holdings === undefined) {
      holdings = { list: emptyList(), sum: 0 };
      this.#holdings.set(homeRegistrar, holdings);
    }
    this.lists.append(holdings.list, element);
    holdings.sum = (holdings.sum + sum) >>> 0;
  }

  /**
   * Takes an element from its registrar.
   *
   * @param homeRegistrar - The registrar that owns it.
   * @param element - The element.
   * @param sum - The element's block sum.
   */
  remove(homeRegistrar: number, element: ElementReference, sum: number): void {
    const holdings = this.#holdings.get(homeRegistrar);
    if (holdings === undefined) return;
    this.lists.remove(holdings.list, element);
    holdings.sum = (holdings.sum - sum) >>> 0;
    if (holdings.list.size === 0) this.#holdings.delete(homeRegistrar);
  }

  /** The list of what a registrar owns, or `undefined` where it owns nothing. */
  list(homeRegistrar: number): OrderedList | undefined {
    return this.#holdings.get(homeRegistrar)?.list;
  }

  /** How many elements a registrar owns. */
  count(homeRegistrar: number): number {
    return this.#holdings.get(homeRegistrar)?.list.size ?? 0;
  }

  /** The sum over a registrar's elements, modulo 2^32. */
  sum(homeRegistrar: number): number {
    return this.#holdings.get(homeRegistrar)?.sum ?? 0;
  }

  /** The registrars that own at least one element. */
  registrars(): Iterable<number> {
    return this.#holdings.keys();
  }
}
