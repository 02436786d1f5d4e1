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
import { ElementField } from './element-records.ts';
import { emptyList, OrderedLists } from './ordered-lists.ts';
import { Ownership } from './ownership.ts';
import { ownBytes } from './own-pool-element.ts';
import { type Pool, poolTransportOf } from './pool.ts';
import { PoolTable } from './pool-table.ts';

/** An element that has passed all checks, with a policy that can be selected by. */
export interface AcceptedElement {
  /** The element; the store copies it. */
  readonly attributes: PoolElement;
  /** Its policy. */
  readonly policy: SelectionPolicy;
  /** Its length in messages, in bytes. */
  readonly encodedLength: number;
}

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
    this.index = new ElementIndex(this.elements, random());
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
  found(poolHandle: Uint8Array, first: AcceptedElement): Pool {
    return this.pools.add(ownBytes(poolHandle), {
      handleSum: handleSum(poolHandle),
      members: emptyList(),
      policy: { ...first.policy },
      transport: poolTransportOf(first.attributes.userTransport),
      selector: this.#selectorFor(first.policy.type),
    });
  }

  /**
   * Adds an element to a pool.
   *
   * @param pool - The pool, consistent with the element.
   * @param accepted - The element; its identifier is not in the pool yet.
   */
  insert(pool: Pool, accepted: AcceptedElement): ElementReference {
    const { attributes, policy, encodedLength } = accepted;
    const element = this.elements.take(pool.number, attributes, encodedLength);
    try {
      pool.selector.add(element, policy);
    } catch (error) {
      // A policy value that no message can carry: the caller's mistake must not leave half an element behind.
      this.elements.release(element);
      if (pool.members.size === 0) this.pools.remove(pool);
      throw error;
    }
    this.index.add(element);
    this.members.append(pool.members, element);
    this.ownership.add(
      attributes.homeRegistrar,
      element,
      blockSum(pool.handleSum, attributes.identifier),
      encodedLength + encodedPoolHandleLength(pool.handle),
    );
    return element;
  }

  /**
   * Replaces the attributes of an element and takes its mark away.
   *
   * @param element - An element that is there.
   * @param accepted - The new attributes, with the same identifier, consistent with the pool.
   */
  replace(element: ElementReference, accepted: AcceptedElement): void {
    this.poolOf(element).selector.update(element, accepted.policy);
    this.#replaceAttributes(element, accepted);
  }

  /**
   * Replaces the only element of a pool and with it what the pool is.
   *
   * @param element - The only element of its pool.
   * @param accepted - The new attributes, with the same identifier.
   */
  refound(element: ElementReference, accepted: AcceptedElement): void {
    const pool = this.poolOf(element);
    const selector = this.#selectorFor(accepted.policy.type);
    pool.selector.remove(element);
    try {
      selector.add(element, accepted.policy);
    } catch (error) {
      pool.selector.add(element, this.attributes(element).policy as SelectionPolicy);
      throw error;
    }
    pool.selector = selector;
    pool.policy = { ...accepted.policy };
    pool.transport = poolTransportOf(accepted.attributes.userTransport);
    this.#replaceAttributes(element, accepted);
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
    const { handle, handleSum: sumOfHandle } = this.poolOf(element);
    const sum = blockSum(sumOfHandle, this.elements.identifier(element));
    const bytes = this.elements.encodedLength(element) + encodedPoolHandleLength(handle);
    this.ownership.remove(element, sum);
    this.ownership.add(homeRegistrar, element, sum, bytes);
    this.elements.homeRegistrarChanged(element);
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
    for (const element of into) this.elements.homeRegistrarChanged(element);
  }

  /**
   * Removes an element, and its pool with the last one.
   *
   * @param element - An element that is there.
   */
  erase(element: ElementReference): void {
    const pool = this.poolOf(element);
    this.expiry.stop(element);
    this.ownership.remove(element, this.#blockSumOf(element));
    this.members.remove(pool.members, element);
    this.index.remove(element);
    this.elements.release(element);
    pool.selector.remove(element);
    if (pool.members.size === 0) this.pools.remove(pool);
  }

  #replaceAttributes(element: ElementReference, accepted: AcceptedElement): void {
    this.transfer(element, accepted.attributes.homeRegistrar);
    if (accepted.encodedLength > this.elements.encodedLength(element)) {
      const bytes = accepted.encodedLength + encodedPoolHandleLength(this.poolOf(element).handle);
      this.ownership.lists.lengthen(element, bytes);
    }
    this.elements.setAttributes(element, accepted.attributes, accepted.encodedLength);
  }

  #blockSumOf(element: ElementReference): number {
    return blockSum(this.poolOf(element).handleSum, this.elements.identifier(element));
  }

  #selectorFor(type: SelectionPolicy['type']): Selection {
    return createSelection(type, this.#selectorOptions, this.#selections);
  }
}
