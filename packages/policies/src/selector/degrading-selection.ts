import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import { DegradationCounters } from '../structures/degradation-counters.ts';
import { firstAtField } from '../structures/seat-fields.ts';
import type { SeatRecords } from '../structures/seat-records.ts';
import type { SelectionStore } from '../structures/selection-store.ts';
import { TurnQueue } from '../structures/turn-queue.ts';
import { answerLength } from './answer-length.ts';
import { maximumIncrementOf } from './maximum-increment.ts';
import { loadStep, sortKey } from './policy-values.ts';
import type { Selection } from './selection.ts';
import type { SelectorOptions } from './selector.ts';

/**
 * No small integer at first, so that the engine can change such a field without making a new number of it. The clock
 * counts up to 2^53 from here: with a million answers a second in one pool that takes four centuries.
 */
const earliest: number = -(2 ** 52);

/**
 * Least used with degradation (RFC 5356 section 5.2.2) and private policies of that kind: sorted by load + counter
 * * degradation, where the counter tells how often the element was returned since its last registration.
 *
 * Round robin among equals needs two orders here. Since all elements of an answer are counted, all of them leave
 * their group of equals for the same next one, and would meet again in the same order: users that take the first
 * element would never get to the others. So the elements that were returned least recently are returned next, but
 * of the equals at the top of an answer the one comes first that was first least recently.
 */
export class DegradingSelection implements Selection {
  readonly type: PolicyName;
  readonly #order: TurnQueue;
  readonly #counters: DegradationCounters;
  readonly #records: SeatRecords;
  readonly #maximumIncrement: number;
  /** Tells when an element was the first of an answer. */
  #clock: number;

  /** @param clock - When it begins; only tests begin late. */
  constructor(type: PolicyName, options: SelectorOptions, store: SelectionStore, clock: number = earliest) {
    this.#clock = clock;
    this.#order = new TurnQueue(store, options.random);
    this.#counters = new DegradationCounters(store);
    this.#records = store.records;
    this.type = type;
    this.#maximumIncrement = maximumIncrementOf(options.maximumIncrement, Infinity);
  }

  get size(): number {
    return this.#order.size;
  }

  add(seat: number, policy: SelectionPolicy): void {
    const key = this.#counters.reset(seat, sortKey(this.type, policy), loadStep(policy));
    this.#records.set(seat, firstAtField, this.#clock++);
    this.#order.add(seat, key);
  }

  update(seat: number, policy: SelectionPolicy): void {
    this.#order.change(seat, this.#counters.reset(seat, sortKey(this.type, policy), loadStep(policy)));
  }

  remove(seat: number): void {
    this.#order.remove(seat);
  }

  select(count: number, into: number[]): number {
    const length = answerLength(count, this.#order.size);
    if (length === 0) return 0;
    if (length > this.#maximumIncrement) return this.#countSome(length, into);
    const equals = this.#order.takeOut(length, into);
    const first = this.#order.putBackCounted(into, length, equals, this.#clock++);
    if (first > 0) putFirst(into, first);
    return length;
  }

  /** With a maximum, the element that becomes the first is counted although it may stand behind those that are not. */
  #countSome(length: number, into: number[]): number {
    const equals = this.#order.list(length, into);
    const first = this.#firstOf(into, equals);
    const isAhead = first < this.#maximumIncrement;
    for (let index = isAhead ? 0 : 1; index < this.#maximumIncrement; index++)
      this.#count(into[index] as number);
    if (!isAhead) this.#count(into[first] as number);
    this.#records.set(into[first] as number, firstAtField, this.#clock++);
    putFirst(into, first);
    return length;
  }

  #count(seat: number): void {
    this.#order.putBehind(seat, this.#counters.increment(seat));
  }

  /** Which of the equals at the top was first least recently. */
  #firstOf(answer: readonly number[], equals: number): number {
    let first = 0;
    let firstAt = Infinity;
    for (let index = 0; index < equals; index++) {
      const at = this.#records.get(answer[index] as number, firstAtField);
      if (at >= firstAt) continue;
      first = index;
      firstAt = at;
    }
    return first;
  }
}

function putFirst(answer: number[], index: number): void {
  const seat = answer[index] as number;
  answer[index] = answer[0] as number;
  answer[0] = seat;
}
