import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import type { SelectionStore } from '../structures/selection-store.ts';
import { TurnQueue } from '../structures/turn-queue.ts';
import { answerLength } from './answer-length.ts';
import { maximumIncrementOf } from './maximum-increment.ts';
import { sortKey } from './policy-values.ts';
import type { Selection } from './selection.ts';
import type { SelectorOptions } from './selector.ts';

/**
 * Priority (RFC 5356 section 4.5.2), least used (section 5.1.2), priority least used (section 5.3.2), and private
 * policies of that kind: the best elements in sorted order, and round robin among equals.
 *
 * Elements of the same key are a circular list. In each group of equals that an answer reaches, the element that was
 * returned first goes behind the others of its group: the head of the group advances by one, as in section 4.1.2.
 * This is done in every group and not only in the first, because in the last one there is a choice of equals too:
 * which of them is still in the answer.
 *
 * An element that comes into a group, new or with another load, joins it at the end. So in a group whoever has waited
 * for longer is served earlier: those who come can delay nobody, and the wait is one answer for each member at most.
 * An element that registers again with what it had keeps its place: refreshing a registration neither costs nor
 * gains a turn.
 */
export class SortedSelection implements Selection {
  readonly type: PolicyName;
  readonly #order: TurnQueue;
  readonly #maximumIncrement: number;

  constructor(type: PolicyName, options: SelectorOptions, store: SelectionStore) {
    this.#order = new TurnQueue(store, options.random);
    this.type = type;
    this.#maximumIncrement = maximumIncrementOf(options.maximumIncrement, 1);
  }

  get size(): number {
    return this.#order.size;
  }

  add(seat: number, policy: SelectionPolicy): void {
    this.#order.add(seat, sortKey(this.type, policy));
  }

  update(seat: number, policy: SelectionPolicy): void {
    this.#order.change(seat, sortKey(this.type, policy));
  }

  remove(seat: number): void {
    this.#order.remove(seat);
  }

  select(count: number, into: number[]): number {
    const length = answerLength(count, this.#order.size);
    this.#order.take(length, this.#maximumIncrement, into);
    return length;
  }
}
