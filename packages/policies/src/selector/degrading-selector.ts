import { assertPolicyOf } from '../policy-validation.ts';
import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import { DegradationCounters } from '../structures/degradation-counters.ts';
import { capacityFor, grownFloat64 } from '../structures/growth.ts';
import { KeyedHeap } from '../structures/keyed-heap.ts';
import { SeatTable } from '../structures/seat-table.ts';
import { answerLength } from './answer-length.ts';
import { maximumIncrementOf } from './maximum-increment.ts';
import { loadStep, sortKey } from './policy-values.ts';
import type { Selector, SelectorOptions } from './selector.ts';

/**
 * Least used with degradation (RFC 5356 section 5.2.2) and private policies of that kind: sorted by load + counter
 * * degradation, where the counter tells how often the element was returned since its last registration.
 *
 * Round robin among equals needs two orders here. Since all elements of an answer are counted, all of them leave
 * their group of equals for the same next one, and would meet again in the same order: users that take the first
 * element would never get to the others. So the elements that were returned least recently are returned next, but
 * of the equals at the top of an answer the one comes first that was first least recently.
 */
export class DegradingSelector implements Selector {
  readonly type: PolicyName;
  readonly #seats: SeatTable = new SeatTable();
  readonly #order: KeyedHeap = new KeyedHeap();
  readonly #counters: DegradationCounters = new DegradationCounters();
  readonly #maximumIncrement: number;
  /** When each seat was the first of an answer, in the numbers of the ages. */
  #firstAt: Float64Array = new Float64Array(0);
  #nextAge: number = 0;

  constructor(type: PolicyName, options: SelectorOptions) {
    this.type = type;
    this.#maximumIncrement = maximumIncrementOf(options.maximumIncrement, Infinity);
  }

  get size(): number {
    return this.#seats.size;
  }

  add(slot: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    const seat = this.#seats.claim(slot);
    if (seat >= this.#firstAt.length) this.#firstAt = grownFloat64(this.#firstAt, capacityFor(seat));
    this.#firstAt[seat] = this.#nextAge;
    this.#order.add(seat, this.#counters.reset(seat, sortKey(policy), loadStep(policy)), this.#nextAge++);
  }

  update(slot: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    const seat = this.#seats.require(slot);
    const key = this.#counters.reset(seat, sortKey(policy), loadStep(policy));
    this.#order.change(seat, key, this.#order.ageOf(seat));
  }

  remove(slot: number): void {
    this.#order.remove(this.#seats.release(slot));
  }

  has(slot: number): boolean {
    return this.#seats.seatOf(slot) >= 0;
  }

  select(count: number, into: number[]): number {
    const found = this.#order.list(answerLength(count, this.size), into);
    if (found === 0) return 0;
    this.#chooseFirst(into, found);
    this.#firstAt[into[0] as number] = this.#nextAge;
    const counted = Math.min(found, this.#maximumIncrement);
    for (let index = 0; index < counted; index++) {
      const seat = into[index] as number;
      this.#order.change(seat, this.#counters.increment(seat), this.#nextAge++);
    }
    return this.#seats.toSlots(into, found);
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
      if ((this.#firstAt[candidate] as number) >= (this.#firstAt[seat] as number)) continue;
      chosen = index;
      seat = candidate;
    }
    answer[chosen] = top;
    answer[0] = seat;
  }
}
