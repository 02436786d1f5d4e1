import { type BlockList, BlockLists, emptyBlockList } from './block-lists.ts';
import * as ElementField from './element-field.ts';
import type { ElementRecords } from './element-records.ts';
import type { ElementReference } from './element-reference.ts';

/** What one registrar owns. */
interface Holdings {
  /** The registrar. */
  readonly registrar: number;
  readonly list: BlockList;
  /** The sum behind its checksum, modulo 2^32. */
  sum: number;
}

/**
 * Which elements each registrar owns: a list of the elements, their number, and the sum of their checksum blocks
 * (RFC 5353 section 3.6). Everything is kept in step with each change, nothing is recomputed.
 *
 * An element's record holds the number of its holdings, so that only a new owner has to be looked up.
 */
export class Ownership {
  /** The lists; the order is that in which elements came to their registrar. */
  readonly lists: BlockLists;
  readonly #records: ElementRecords;
  readonly #holdings: (Holdings | undefined)[] = [];
  readonly #freeNumbers: number[] = [];
  /** Numbers of holdings, by the registrar's identifier as a signed number. */
  readonly #numbers: Map<number, number> = new Map();

  /**
   * @param records - The records of the elements.
   */
  constructor(records: ElementRecords) {
    this.#records = records;
    this.lists = new BlockLists(records);
  }

  /**
   * Gives an element to a registrar.
   *
   * @param homeRegistrar - The registrar.
   * @param element - An element that nobody owns yet.
   * @param sum - The element's block sum.
   * @param bytes - How many bytes it takes in a handle table, its pool handle included.
   */
  add(homeRegistrar: number, element: ElementReference, sum: number, bytes: number): void {
    const number = this.#numbers.get(homeRegistrar | 0) ?? this.#begin(homeRegistrar);
    const holdings = this.#holdings[number] as Holdings;
    this.#records.set(element, ElementField.holdings, number);
    this.lists.append(holdings.list, element, bytes);
    holdings.sum = (holdings.sum + sum) | 0;
  }

  /**
   * Takes an element from its registrar.
   *
   * @param element - An element that somebody owns.
   * @param sum - The element's block sum.
   */
  remove(element: ElementReference, sum: number): void {
    const number = this.#records.get(element, ElementField.holdings);
    const holdings = this.#holdings[number] as Holdings;
    this.lists.remove(holdings.list, element);
    holdings.sum = (holdings.sum - sum) | 0;
    if (holdings.list.size === 0) this.#end(number, holdings);
  }

  /**
   * Gives everything that one registrar owns to another one.
   *
   * @param from - The registrar that owns nothing then.
   * @param to - Another registrar.
   * @param into - Where the elements go, in their order, from index 0 on.
   */
  moveAll(from: number, to: number, into: ElementReference[]): void {
    const source = this.#of(from);
    if (source === undefined) return;
    const sourceNumber = this.#numbers.get(from | 0) as number;
    const number = this.#numbers.get(to | 0) ?? this.#begin(to);
    const target = this.#holdings[number] as Holdings;
    const { lists } = this;
    lists.copy(lists.begin(source.list), source.list.size, into);
    for (const element of into) this.#records.set(element, ElementField.holdings, number);
    lists.moveAll(source.list, target.list);
    target.sum = (target.sum + source.sum) | 0;
    this.#end(sourceNumber, source);
  }

  /** The registrar that owns an element. */
  homeRegistrar(element: ElementReference): number {
    return (this.#holdings[this.#records.get(element, ElementField.holdings)] as Holdings).registrar;
  }

  /** The list of what a registrar owns, or `undefined` where it owns nothing. */
  list(homeRegistrar: number): BlockList | undefined {
    return this.#of(homeRegistrar)?.list;
  }

  /** How many elements a registrar owns. */
  count(homeRegistrar: number): number {
    return this.#of(homeRegistrar)?.list.size ?? 0;
  }

  /** The sum over a registrar's elements, modulo 2^32. */
  sum(homeRegistrar: number): number {
    return (this.#of(homeRegistrar)?.sum ?? 0) >>> 0;
  }

  /** The registrars that own at least one element. */
  *registrars(): Generator<number> {
    for (const identifier of this.#numbers.keys()) yield identifier >>> 0;
  }

  #of(homeRegistrar: number): Holdings | undefined {
    // What is no identifier owns nothing, not what its lower 32 bits own.
    if (homeRegistrar >>> 0 !== homeRegistrar) return undefined;
    const number = this.#numbers.get(homeRegistrar | 0);
    return number === undefined ? undefined : this.#holdings[number];
  }

  #begin(homeRegistrar: number): number {
    const number = this.#freeNumbers.pop() ?? this.#holdings.length;
    this.#holdings[number] = { registrar: homeRegistrar, list: emptyBlockList(), sum: 0 };
    this.#numbers.set(homeRegistrar | 0, number);
    return number;
  }

  #end(number: number, holdings: Holdings): void {
    this.#holdings[number] = undefined;
    this.#freeNumbers.push(number);
    this.#numbers.delete(holdings.registrar | 0);
  }
}
