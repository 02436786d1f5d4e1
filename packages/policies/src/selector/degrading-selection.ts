import { assertPolicyOf } from '../policy-validation.ts';
import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import { DegradationCounters } from '../structures/degradation-counters.ts';
import { KeyedHeap } from '../structures/keyed-heap.ts';
import { firstAtField } from '../structures/seat-fields.ts';
import type { SeatRecords } from '../structures/seat-records.ts';
import type { SelectionStore } from '../structures/selection-store.ts';
import { answerLength } from './answer-length.ts';
import { maximumIncrementOf } from './maximum-increment.ts';
import { loadStep, sortKey } from './policy-values.ts';
import type { Selection } from './selection.ts';
import type { SelectorOptions } from './selector.ts';

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
  readonly #order: KeyedHeap;
  readonly #counters: DegradationCounters;
  readonly #records: SeatRecords;
  readonly #maximumIncrement: number;
  /** Also tells when an element was the first of an answer. */
  #nextAge: number = 0;

  constructor(type: PolicyName, options: SelectorOptions, store: SelectionStore) {
    this.#order = new KeyedHeap(store);
    this.#counters = new DegradationCounters(store);
    this.#records = store.records;
    this.type = type;
    this.#maximumIncrement = maximumIncrementOf(options.maximumIncrement, Infinity);
  }

  get size(): number {
    return this.#order.size;
  }

  add(seat: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    this.#records.reserve(seat);
    this.#records.set(seat, firstAtField, this.#nextAge);
    this.#order.add(seat, this.#counters.reset(seat, sortKey(policy), loadStep(policy)), this.#nextAge++);
  }

  update(seat: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    const key = this.#counters.reset(seat, sortKey(policy), loadStep(policy));
    this.#order.change(seat, key, this.#order.ageOf(seat));
  }

  remove(seat: number): void {
    this.#order.remove(seat);
    if (this.size === 0) this.#order.release();
  }

  select(count: number, into: number[]): number {
    const found = this.#order.list(answerLength(count, this.size), into);
    if (found === 0) return 0;
    this.#chooseFirst(into, found);
    this.#records.set(into[0] as number, firstAtField, this.#nextAge);
    const counted = Math.min(found, this.#maximumIncrement);
    for (let index = 0; index < counted; index++) {
      const seat = into[index] as number;
      this.#order.change(seat, this.#counters.increment(seat), this.#nextAge++);
    }
    return found;
  }

  /** Swaps the one of the equals at the top that was first least recently to the front. */
  #chooseFirst(answer: number[], length: number): void {
    const top = answer[0] as number;
    const key = this.#order.keyOf(top);
    let chosen = 0;
    let seat = top;
    for (let index = 1; index < length; index++) {
      const candidate = answer[index] as number;
      if (this.#order.keyOf(candidate) !== key) break;
      if (this.#records.get(candidate, firstAtField) >= this.#records.get(seat, firstAtField)) continue;
      chosen = index;
      seat = candidate;
    }
    answer[chosen] = top;
    answer[0] = seat;
  }
}
