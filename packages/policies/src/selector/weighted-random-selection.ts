import { isDegrading } from '../policy-traits.ts';
import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import type { RandomSource } from '../random-source.ts';
import { DegradationCounters } from '../structures/degradation-counters.ts';
import type { SelectionStore } from '../structures/selection-store.ts';
import { WeightedSet } from '../structures/weighted-set.ts';
import { answerLength } from './answer-length.ts';
import { maximumIncrementOf } from './maximum-increment.ts';
import { drawWeight, loadStep, minimumDrawWeight } from './policy-values.ts';
import type { Selection } from './selection.ts';
import type { SelectorOptions } from './selector.ts';

/**
 * Weighted random (RFC 5356 section 4.4.2), randomized least used (section 5.4.2: weighted random with what is
 * free of each element as its weight), and the private policies of that kind. Draws are without replacement: each
 * of the remaining elements has the probability of its weight over the sum of the remaining weights.
 *
 * An element of weight 0 is never selected, since its probability is 0; only where the weights of all elements
 * are 0 they are drawn uniformly, since an empty answer would say that there is no pool.
 */
export class WeightedRandomSelection implements Selection {
  readonly type: PolicyName;
  readonly #elements: WeightedSet;
  readonly #degradation: DegradationCounters | undefined;
  readonly #minimumWeight: number;
  readonly #maximumIncrement: number;
  readonly #random: RandomSource;

  constructor(type: PolicyName, options: SelectorOptions, store: SelectionStore) {
    this.type = type;
    this.#elements = new WeightedSet(store);
    this.#degradation = isDegrading(type) ? new DegradationCounters(store) : undefined;
    this.#minimumWeight = minimumDrawWeight(type);
    this.#maximumIncrement = maximumIncrementOf(options.maximumIncrement, Infinity);
    this.#random = options.random;
  }

  get size(): number {
    return this.#elements.size;
  }

  add(seat: number, policy: SelectionPolicy): void {
    this.#degradation?.reset(seat, drawWeight(this.type, policy), -loadStep(policy));
    this.#elements.add(seat, this.#weightOf(policy));
  }

  update(seat: number, policy: SelectionPolicy): void {
    this.#degradation?.reset(seat, drawWeight(this.type, policy), -loadStep(policy));
    this.#elements.setWeight(seat, this.#weightOf(policy));
  }

  remove(seat: number): void {
    this.#elements.remove(seat);
  }

  select(count: number, into: number[]): number {
    const found = this.#elements.draw(answerLength(count, this.size), into, this.#random);
    if (this.#degradation !== undefined) this.#degrade(this.#degradation, found, into);
    return found;
  }

  #degrade(degradation: DegradationCounters, found: number, into: readonly number[]): void {
    const counted = Math.min(found, this.#maximumIncrement);
    for (let index = 0; index < counted; index++) {
      const seat = into[index] as number;
      this.#elements.setWeight(seat, Math.max(this.#minimumWeight, degradation.increment(seat)));
    }
  }

  #weightOf(policy: SelectionPolicy): number {
    return Math.max(this.#minimumWeight, drawWeight(this.type, policy));
  }
}
