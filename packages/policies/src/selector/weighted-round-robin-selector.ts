import { assertPolicyOf } from '../policy-validation.ts';
import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import { FairSchedule } from '../structures/fair-schedule.ts';
import { Ring } from '../structures/ring.ts';
import { SeatTable } from '../structures/seat-table.ts';
import { answerLength } from './answer-length.ts';
import { maximumIncrementOf } from './maximum-increment.ts';
import type { Selector, SelectorOptions } from './selector.ts';

/**
 * Weighted round robin (RFC 5356 section 4.2.2): as round robin, over a list in which each element has as many
 * evenly spread entries as its weight. An answer has each element once, in the order of the list.
 *
 * An element of weight 0 has no entry in the list: it is not capable of providing any service (section 3.2).
 * Only where the weights of all elements are 0 they are served in turn, since an empty answer would say that
 * there is no pool.
 */
export class WeightedRoundRobinSelector implements Selector {
  readonly type: PolicyName = 'weightedRoundRobin';
  readonly #seats: SeatTable = new SeatTable();
  readonly #schedule: FairSchedule = new FairSchedule();
  readonly #weightless: Ring = new Ring();
  readonly #maximumIncrement: number;

  constructor(options: SelectorOptions) {
    this.#maximumIncrement = maximumIncrementOf(options.maximumIncrement, 1);
  }

  get size(): number {
    return this.#seats.size;
  }

  add(slot: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    this.#enter(this.#seats.claim(slot), weightOf(policy));
  }

  update(slot: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    const seat = this.#seats.require(slot);
    const weight = weightOf(policy);
    const wasWeightless = !this.#schedule.has(seat);
    if (wasWeightless && weight === 0) return;
    if (wasWeightless || weight === 0) {
      this.#leave(seat);
      this.#enter(seat, weight);
    } else {
      this.#schedule.reweigh(seat, weight);
    }
  }

  remove(slot: number): void {
    this.#leave(this.#seats.release(slot));
  }

  has(slot: number): boolean {
    return this.#seats.seatOf(slot) >= 0;
  }

  select(count: number, into: number[]): number {
    const length = answerLength(count, this.size);
    let found: number;
    if (this.#schedule.size > 0) {
      found = this.#schedule.list(length, into);
      const turns = Math.min(found, this.#maximumIncrement);
      for (let index = 0; index < turns; index++) this.#schedule.serve(into[index] as number);
    } else {
      found = this.#weightless.list(length, into);
      this.#weightless.advance(Math.min(found, this.#maximumIncrement));
    }
    return this.#seats.toSlots(into, found);
  }

  #enter(seat: number, weight: number): void {
    if (weight > 0) this.#schedule.add(seat, weight);
    else this.#weightless.append(seat);
  }

  #leave(seat: number): void {
    if (this.#schedule.has(seat)) this.#schedule.remove(seat);
    else this.#weightless.remove(seat);
  }
}

function weightOf(policy: SelectionPolicy): number {
  return policy.type === 'weightedRoundRobin' ? policy.weight : 0;
}
