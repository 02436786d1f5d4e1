import { assertPolicyOf } from '../policy-validation.ts';
import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import { KeyedHeap } from '../structures/keyed-heap.ts';
import { SeatTable } from '../structures/seat-table.ts';
import { answerLength } from './answer-length.ts';
import { maximumIncrementOf } from './maximum-increment.ts';
import { sortKey } from './policy-values.ts';
import type { Selector, SelectorOptions } from './selector.ts';

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
export class SortedSelector implements Selector {
  readonly type: PolicyName;
  readonly #seats: SeatTable = new SeatTable();
  readonly #order: KeyedHeap = new KeyedHeap();
  readonly #maximumIncrement: number;
  #nextAge: number = 0;

  constructor(type: PolicyName, options: SelectorOptions) {
    this.type = type;
    this.#maximumIncrement = maximumIncrementOf(options.maximumIncrement, 1);
  }

  get size(): number {
    return this.#seats.size;
  }

  add(slot: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    this.#order.add(this.#seats.claim(slot), sortKey(policy), this.#nextAge++);
  }

  update(slot: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    const seat = this.#seats.require(slot);
    this.#order.change(seat, sortKey(policy), this.#order.ageOf(seat));
  }

  remove(slot: number): void {
    this.#order.remove(this.#seats.release(slot));
  }

  has(slot: number): boolean {
    return this.#seats.seatOf(slot) >= 0;
  }

  select(count: number, into: number[]): number {
    const order = this.#order;
    const found = order.list(answerLength(count, this.size), into);
    let groupKey = Number.NaN;
    let turns = 0;
    for (let index = 0; index < found; index++) {
      const seat = into[index] as number;
      const key = order.keyOf(seat);
      if (key !== groupKey) turns = 0;
      groupKey = key;
      if (turns++ < this.#maximumIncrement) order.change(seat, key, this.#nextAge++);
    }
    return this.#seats.toSlots(into, found);
  }
}
