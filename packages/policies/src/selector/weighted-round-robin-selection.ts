import { assertPolicyOf } from '../policy-validation.ts';
import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import { FairSchedule } from '../structures/fair-schedule.ts';
import { Ring } from '../structures/ring.ts';
import type { SelectionStore } from '../structures/selection-store.ts';
import { answerLength } from './answer-length.ts';
import { maximumIncrementOf } from './maximum-increment.ts';
import type { Selection } from './selection.ts';
import type { SelectorOptions } from './selector.ts';

/**
 * Weighted round robin (RFC 5356 section 4.2.2): as round robin, over a list in which each element has as many
 * evenly spread entries as its weight. An answer has each element once, in the order of the list.
 *
 * An element of weight 0 has no entry in the list: it is not capable of providing any service (section 3.2).
 * Only where the weights of all elements are 0 they are served in turn, since an empty answer would say that
 * there is no pool.
 */
export class WeightedRoundRobinSelection implements Selection {
  readonly type: PolicyName = 'weightedRoundRobin';
  readonly #schedule: FairSchedule;
  readonly #weightless: Ring;
  readonly #maximumIncrement: number;

  constructor(options: SelectorOptions, store: SelectionStore) {
    this.#schedule = new FairSchedule(store);
    this.#weightless = new Ring(store);
    this.#maximumIncrement = maximumIncrementOf(options.maximumIncrement, 1);
  }

  get size(): number {
    return this.#schedule.size + this.#weightless.size;
  }

  add(seat: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    this.#enter(seat, weightOf(policy));
  }

  update(seat: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
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

  remove(seat: number): void {
    this.#leave(seat);
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
    return found;
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
