import { assertPolicyOf } from '../policy-validation.ts';
import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import { KeyedHeap } from '../structures/keyed-heap.ts';
import type { SelectionStore } from '../structures/selection-store.ts';
import { answerLength } from './answer-length.ts';
import { maximumIncrementOf } from './maximum-increment.ts';
import { sortKey } from './policy-values.ts';
import type { Selection } from './selection.ts';
import type { SelectorOptions } from './selector.ts';

/**
 * Priority (RFC 5356 section 4.5.2), least used (section 5.1.2), priority least used (section 5.3.2), and private
 * policies of that kind: the best elements in sorted order, and round robin among equals.
 *
 * Elements of the same key stand in the order of their age. Of each group of equals that an answer reaches, the
 * element that was returned first goes behind the others of its group: the head of the group advances by one, as
 * in section 4.1.2. This is done in every group and not only in the first, because in the last one there is a
 * choice of equals too: which of them is still in the answer.
 *
 * Ages are numbered from 0 on and never run out: 2^53 of them last 285 years at a million a second.
 */
export class SortedSelection implements Selection {
  readonly type: PolicyName;
  readonly #order: KeyedHeap;
  readonly #maximumIncrement: number;
  #nextAge: number = 0;

  constructor(type: PolicyName, options: SelectorOptions, store: SelectionStore) {
    this.#order = new KeyedHeap(store);
    this.type = type;
    this.#maximumIncrement = maximumIncrementOf(options.maximumIncrement, 1);
  }

  get size(): number {
    return this.#order.size;
  }

  add(seat: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    this.#order.add(seat, sortKey(policy), this.#nextAge++);
  }

  update(seat: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    this.#order.change(seat, sortKey(policy), this.#order.ageOf(seat));
  }

  remove(seat: number): void {
    this.#order.remove(seat);
    if (this.size === 0) this.#order.release();
  }

  select(count: number, into: number[]): number {
    const found = this.#order.list(answerLength(count, this.size), into);
    this.#nextAge = this.#order.renew(into, found, this.#maximumIncrement, this.#nextAge);
    return found;
  }
}
