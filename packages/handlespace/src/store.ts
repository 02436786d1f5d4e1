import type { SelectorOptions } from '@rserpool/policies';
import { createSelection, type Selection, SelectionStore } from '@rserpool/policies/internal';
import {
  encodedPoolHandleLength,
  type PoolElement,
  type RandomSource,
  type SelectionPolicy,
} from '@rserpool/wire';
import { blockSum, handleSum } from './checksum.ts';
import { ElementIndex } from './element-index.ts';
import type { ElementReference } from './element-reference.ts';
import { ElementTable } from './element-table.ts';
import { ExpiryTimes } from './expiry-times.ts';
import * as ElementField from './element-field.ts';
import { OrderedLists } from './ordered-lists.ts';
import { Ownership } from './ownership.ts';
import { type Pool, poolTransportOf } from './pool.ts';
import { PoolTable } from './pool-table.ts';

/**
 * All indices of the handlespace, and the few operations that change more than one of them: after each, every
 * index agrees with every other. It neither judges what it is given nor tells anybody.
 */
export class Store {
  /** The elements by slot. */
  readonly elements: ElementTable = new ElementTable();
  /** The elements by pool and identifier. */
  readonly index: ElementIndex;
  /** The pools by handle and number. */
  readonly pools: PoolTable;
  /** The links of the pools' lists of members. */
  readonly members: OrderedLists = new OrderedLists(this.elements.records, ElementField.membership);
  /** The elements by home registrar, with the checksums. */
  readonly ownership: Ownership = new Ownership(this.elements.records);
  /** The elements by time of expiry. */
  readonly expiry: ExpiryTimes = new ExpiryTimes(this.elements.records);
  /** How many pages have been collected; tells the pools of the current one. */
  #pages = 0;
  readonly #selectorOptions: SelectorOptions;
  /** The seats of the selections are the slots of the elements. */
  readonly #selections: SelectionStore = new SelectionStore({ isShared: true });

  /**
   * @param random - For the seeds of the hashes.
   * @param selectorOptions - What each pool's selector is made with.
   */
  constructor(random: RandomSource, selectorOptions: SelectorOptions) {
    this.index = new ElementIndex(random());
    this.pools = new PoolTable(random());
    this.#selectorOptions = selectorOptions;
    // Wrong options are to be reported here and not by the first registration, which comes off the wire.
    this.#selectorFor('roundRobin');
  }

  /**
   * The pool of an element.
   *
   * @param element - An element that is there.
   */
  poolOf(element: ElementReference): Pool {
    return this.pools.at(this.elements.poolNumber(element));
  }

  /** The number of a new page. */
  nextPage(): number {
    this.#pages += 1;
    return this.#pages;
  }

  /**
   * The attributes of an element.
   *
   * @param element - An element that is there.
   */
  attributes(element: ElementReference): PoolElement {
    return this.elements.attributes(element, this.ownership.homeRegistrar(element));
  }

  /**
   * Creates a pool for its first element, which {@link insert} has to add next.
   *
   * @param poolHandle - A handle that no pool has; copied.
   * @param first - The element that decides the overall policy, transport type and use.
   */
  found(poolHandle: Uint8Array, first: PoolElement): Pool {
    const policy = first.policy as SelectionPolicy;
    const content = {
      handleSum: handleSum(poolHandle),
      encodedHandleLength: encodedPoolHandleLength(poolHandle),
      policy: { ...policy },
      transport: poolTransportOf(first.userTransport),
    };
    return this.pools.add(poolHandle, content, this.#selectorFor(policy.type));
  }

  /**
   * Adds an element to a pool.
   *
   * @param pool - The pool, consistent with the element.
   * @param attributes - The element that was encoded last, with a policy that can be selected by. Its identifier is
   *   not in the pool yet.
   * @param encodedLength - Its length in messages, in bytes.
   */
  insert(pool: Pool, attributes: PoolElement, encodedLength: number): ElementReference {
    const { number } = pool;
    const { identifier } = attributes;
    const element = this.elements.take(number, identifier, encodedLength);
    // Nothing here can fail: what a selection cannot work with could not be encoded.
    this.pools.selection(number).add(element, attributes.policy as SelectionPolicy);
    this.index.add(element, number, identifier);
    this.members.append(pool, element);
    this.ownership.add(
      attributes.homeRegistrar,
      element,
      blockSum(pool.handleSum, identifier),
      encodedLength,
      pool.encodedHandleLength,
    );
    return element;
  }

  /**
   * Replaces the attributes of an element and takes its mark away.
   *
   * @param element - An element that is there.
   * @param pool - The number of its pool.
   * @param attributes - The element that was encoded last, with the same identifier, consistent with the pool.
   * @param encodedLength - Its length in messages, in bytes.
   * @returns The registrar that owned it before.
   */
  replace(element: ElementReference, pool: number, attributes: PoolElement, encodedLength: number): number {
    // First, so that the memory of the element is fetched while the selection waits for its own.
    const previous = this.#replaceAttributes(element, attributes, encodedLength);
    if (this.pools.hasValues(pool)) {
      this.pools.selection(pool).update(element, attributes.policy as SelectionPolicy);
    }
    return previous;
  }

  /**
   * Replaces the only element of a pool and with it what the pool is.
   *
   * @param element - The only element of its pool.
   * @param pool - Its pool.
   * @param attributes - The element that was encoded last, with the same identifier.
   * @param encodedLength - Its length in messages, in bytes.
   * @returns The registrar that owned it before.
   */
  refound(element: ElementReference, pool: Pool, attributes: PoolElement, encodedLength: number): number {
    const policy = attributes.policy as SelectionPolicy;
    const former = this.pools.selection(pool.number);
    const selection = this.#selectorFor(policy.type);
    former.remove(element);
    selection.add(element, policy);
    this.pools.refound(pool, { ...policy }, poolTransportOf(attributes.userTransport), selection);
    return this.#replaceAttributes(element, attributes, encodedLength);
  }

  /**
   * Gives an element to another registrar, without its mark: a mark belongs to the resynchronization with the
   * registrar that owned the element.
   *
   * @param element - An element that is there.
   * @param homeRegistrar - Who owns it from now on.
   * @returns Whether that is somebody else than before.
   */
  transfer(element: ElementReference, homeRegistrar: number): boolean {
    if (this.ownership.homeRegistrar(element) === homeRegistrar) return false;
    this.ownership.move(element, homeRegistrar, this.elements.unmark(element));
    return true;
  }

  /**
   * Gives everything that one registrar owns to another one, without the marks.
   *
   * @param from - The registrar that owns nothing then.
   * @param to - Another registrar.
   * @param into - Where the elements go, in the order in which they had come, from index 0 on.
   */
  transferAll(from: number, to: number, into: ElementReference[]): void {
    this.ownership.moveAll(from, to, into);
    for (const element of into) this.elements.unmark(element);
  }

  /**
   * Removes an element, and its pool with the last one.
   *
   * @param element - An element that is there.
   */
  erase(element: ElementReference): void {
    const pool = this.poolOf(element);
    const { number } = pool;
    const identifier = this.elements.identifier(element);
    this.expiry.stop(element);
    this.ownership.remove(element);
    this.members.remove(pool, element);
    this.index.remove(element, number, identifier);
    this.elements.release(element);
    this.pools.selection(number).remove(element);
    if (pool.size === 0) this.pools.remove(pool);
  }

  #replaceAttributes(element: ElementReference, attributes: PoolElement, encodedLength: number): number {
    const { elements, ownership } = this;
    if (encodedLength > elements.setAttributes(element, encodedLength)) {
      ownership.lists.lengthen(element, encodedLength);
    }
    // Its mark has gone already.
    const previous = ownership.homeRegistrar(element);
    if (previous !== attributes.homeRegistrar) {
      ownership.move(element, attributes.homeRegistrar, encodedLength);
    }
    return previous;
  }

  #selectorFor(type: SelectionPolicy['type']): Selection {
    return createSelection(type, this.#selectorOptions, this.#selections);
  }
}
