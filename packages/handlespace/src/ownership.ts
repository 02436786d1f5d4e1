import { type BlockList, BlockLists, emptyBlockList } from './block-lists.ts';
import * as ElementField from './element-field.ts';
import type { ElementRecords } from './element-records.ts';
import type { ElementReference } from './element-reference.ts';

/** What one registrar owns: the list of it. */
interface Holdings extends BlockList {
  /** The registrar. */
  readonly registrar: number;
  /** The sum behind its checksum, modulo 2^32. */
  sum: number;
}

/** How many registrars are found without their table, a power of two. */
const recentRegistrars = 64;

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
  /** Numbers that holdings had lately, at lower bits of their registrars. */
  readonly #recent: Int32Array = new Int32Array(recentRegistrars);

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
   * @param length - How many bytes it takes in a handle table.
   * @param handleLength - How many its pool handle takes.
   */
  add(
    homeRegistrar: number,
    element: ElementReference,
    sum: number,
    length: number,
    handleLength: number,
  ): void {
    const number = this.#numberFor(homeRegistrar);
    const holdings = this.#holdings[number] as Holdings;
    this.#records.set(element, ElementField.holdings, number);
    this.#records.set(element, ElementField.sum, sum);
    this.lists.append(holdings, element, length, handleLength);
    holdings.sum = (holdings.sum + sum) | 0;
  }

  /**
   * Takes an element from its registrar.
   *
   * @param element - An element that somebody owns.
   */
  remove(element: ElementReference): void {
    const sum = this.#records.get(element, ElementField.sum);
    const number = this.#records.get(element, ElementField.holdings);
    const holdings = this.#holdings[number] as Holdings;
    this.lists.remove(holdings, element);
    holdings.sum = (holdings.sum - sum) | 0;
    if (holdings.size === 0) this.#end(number, holdings);
  }

  /**
   * Gives an element to another registrar.
   *
   * @param element - An element that somebody owns.
   * @param to - The registrar, another one.
   * @param length - How many bytes it takes in a handle table.
   */
  move(element: ElementReference, to: number, length: number): void {
    const page = this.#records.page(element);
    const base = this.#records.base(element);
    const sum = page[base + ElementField.sum] as number;
    const sourceNumber = page[base + ElementField.holdings] as number;
    const source = this.#holdings[sourceNumber] as Holdings;
    const number = this.#numberFor(to);
    const target = this.#holdings[number] as Holdings;
    page[base + ElementField.holdings] = number;
    this.lists.move(source, target, element, length);
    source.sum = (source.sum - sum) | 0;
    target.sum = (target.sum + sum) | 0;
    if (source.size === 0) this.#end(sourceNumber, source);
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
    const number = this.#numberFor(to);
    const target = this.#holdings[number] as Holdings;
    const { lists } = this;
    lists.copy(lists.begin(source), source.size, into);
    for (const element of into) this.#records.set(element, ElementField.holdings, number);
    lists.moveAll(source, target);
    target.sum = (target.sum + source.sum) | 0;
    this.#end(sourceNumber, source);
  }

  /** The registrar that owns an element. */
  homeRegistrar(element: ElementReference): number {
    return (this.#holdings[this.#records.get(element, ElementField.holdings)] as Holdings).registrar;
  }

  /** The list of what a registrar owns, or `undefined` where it owns nothing. */
  list(homeRegistrar: number): BlockList | undefined {
    return this.#of(homeRegistrar);
  }

  /** How many elements a registrar owns. */
  count(homeRegistrar: number): number {
    return this.#of(homeRegistrar)?.size ?? 0;
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

  /** The number of a registrar's holdings, which begin where there are none. */
  #numberFor(homeRegistrar: number): number {
    // Registrars are few: those that have been looked up lately need not be hashed again.
    const place = (homeRegistrar ^ (homeRegistrar >>> 16)) & (recentRegistrars - 1);
    const recent = this.#recent[place] as number;
    if (recent < this.#holdings.length && this.#holdings[recent]?.registrar === homeRegistrar) return recent;
    const number = this.#numbers.get(homeRegistrar | 0) ?? this.#begin(homeRegistrar);
    this.#recent[place] = number;
    return number;
  }

  #begin(homeRegistrar: number): number {
    const number = this.#freeNumbers.pop() ?? this.#holdings.length;
    this.#holdings[number] = { registrar: homeRegistrar, sum: 0, ...emptyBlockList() };
    this.#numbers.set(homeRegistrar | 0, number);
    return number;
  }

  #end(number: number, holdings: Holdings): void {
    this.#holdings[number] = undefined;
    this.#freeNumbers.push(number);
    this.#numbers.delete(holdings.registrar | 0);
  }
}
