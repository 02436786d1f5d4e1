import { isDegrading } from '../policy-traits.ts';
import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import { assertPolicyOf } from '../policy-validation.ts';
import { randomBelow } from '../random-integer.ts';
import type { RandomSource } from '../random-source.ts';
import { DegradationCounters } from '../structures/degradation-counters.ts';
import { SampleSet } from '../structures/sample-set.ts';
import type { SelectionStore } from '../structures/selection-store.ts';
import { WeightTree } from '../structures/weight-tree.ts';
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
 *
 * The weight of an element is in the tree at its position in the set. A uniform draw changes positions, which does
 * not matter where all weights are equal.
 */
export class WeightedRandomSelection implements Selection {
  readonly type: PolicyName;
  readonly #elements: SampleSet;
  readonly #weights: WeightTree;
  readonly #degradation: DegradationCounters | undefined;
  readonly #minimumWeight: number;
  readonly #maximumIncrement: number;
  readonly #random: RandomSource;
  /** Weights of the elements drawn by the selection under way, out of the tree until it is over; the store's. */
  readonly #drawn: number[];

  constructor(type: PolicyName, options: SelectorOptions, store: SelectionStore) {
    this.type = type;
    this.#elements = new SampleSet(store);
    this.#weights = new WeightTree(store);
    this.#degradation = isDegrading(type) ? new DegradationCounters(store) : undefined;
    this.#minimumWeight = minimumDrawWeight(type);
    this.#maximumIncrement = maximumIncrementOf(options.maximumIncrement, Infinity);
    this.#random = options.random;
    this.#drawn = store.drawn;
  }

  get size(): number {
    return this.#elements.size;
  }

  add(seat: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    const weight = this.#weightOf(policy);
    this.#weights.ensureRoomFor(weight);
    this.#degradation?.reset(seat, drawWeight(policy), -loadStep(policy));
    this.#elements.add(seat);
    this.#weights.set(this.#elements.size - 1, weight);
  }

  update(seat: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    const position = this.#elements.positionOf(seat);
    const weight = this.#weightOf(policy);
    this.#weights.ensureRoomFor(weight - this.#weights.weightOf(position));
    this.#degradation?.reset(seat, drawWeight(policy), -loadStep(policy));
    this.#weights.set(position, weight);
  }

  remove(seat: number): void {
    const position = this.#elements.positionOf(seat);
    const last = this.#elements.size - 1;
    const lastWeight = this.#weights.weightOf(last);
    this.#weights.set(last, 0);
    if (position !== last) this.#weights.set(position, lastWeight);
    this.#weights.truncate(last);
    this.#elements.remove(seat);
    if (last === 0) this.#elements.release();
  }

  select(count: number, into: number[]): number {
    const weights = this.#weights;
    const length = answerLength(count, this.size);
    if (weights.total === 0) return this.#elements.draw(length, into, this.#random);
    let found = 0;
    while (found < length && weights.total > 0) {
      const position = weights.seatAt(randomBelow(weights.total, this.#random));
      this.#drawn[found] = weights.weightOf(position);
      weights.set(position, 0);
      into[found++] = position;
    }
    for (let index = 0; index < found; index++) {
      const position = into[index] as number;
      const seat = this.#elements.at(position);
      weights.set(position, this.#weightAfter(index, seat));
      into[index] = seat;
    }
    return found;
  }

  #weightOf(policy: SelectionPolicy): number {
    return Math.max(this.#minimumWeight, drawWeight(policy));
  }

  /** The weight that a drawn element goes back with. */
  #weightAfter(index: number, seat: number): number {
    const counted = this.#degradation !== undefined && index < this.#maximumIncrement;
    if (!counted) return this.#drawn[index] as number;
    return Math.max(this.#minimumWeight, this.#degradation.increment(seat));
  }
}
