import { assertPolicyOf } from '../policy-validation.ts';
import { isDegrading } from '../policy-traits.ts';
import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import { randomBelow } from '../random-integer.ts';
import type { RandomSource } from '../random-source.ts';
import { DegradationCounters } from '../structures/degradation-counters.ts';
import { SampleSet } from '../structures/sample-set.ts';
import { SeatTable } from '../structures/seat-table.ts';
import { WeightTree } from '../structures/weight-tree.ts';
import { answerLength } from './answer-length.ts';
import { maximumIncrementOf } from './maximum-increment.ts';
import { drawWeight, loadStep, minimumDrawWeight } from './policy-values.ts';
import type { Selector, SelectorOptions } from './selector.ts';

/**
 * Weighted random (RFC 5356 section 4.4.2), randomized least used (section 5.4.2: weighted random with what is
 * free of each element as its weight), and the private policies of that kind. Draws are without replacement: each
 * of the remaining elements has the probability of its weight over the sum of the remaining weights.
 *
 * An element of weight 0 is never selected, since its probability is 0; only where the weights of all elements
 * are 0 they are drawn uniformly, since an empty answer would say that there is no pool.
 */
export class WeightedRandomSelector implements Selector {
  readonly type: PolicyName;
  readonly #seats: SeatTable = new SeatTable();
  readonly #weights: WeightTree = new WeightTree();
  readonly #weightless: SampleSet = new SampleSet();
  readonly #degradation: DegradationCounters | undefined;
  readonly #minimumWeight: number;
  readonly #maximumIncrement: number;
  readonly #random: RandomSource;
  /** Weights of the elements drawn by the selection under way, which are out of the tree until it is over. */
  readonly #drawn: number[] = [];

  constructor(type: PolicyName, options: SelectorOptions) {
    this.type = type;
    this.#degradation = isDegrading(type) ? new DegradationCounters() : undefined;
    this.#minimumWeight = minimumDrawWeight(type);
    this.#maximumIncrement = maximumIncrementOf(options.maximumIncrement, Infinity);
    this.#random = options.random;
  }

  get size(): number {
    return this.#seats.size;
  }

  add(slot: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    const weight = this.#weightOf(policy);
    this.#weights.ensureRoomFor(weight);
    const seat = this.#seats.claim(slot);
    this.#degradation?.reset(seat, drawWeight(policy), -loadStep(policy));
    if (weight === 0) this.#weightless.add(seat);
    else this.#weights.set(seat, weight);
  }

  update(slot: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    const seat = this.#seats.require(slot);
    const before = this.#weights.weightOf(seat);
    const weight = this.#weightOf(policy);
    this.#weights.ensureRoomFor(weight - before);
    this.#degradation?.reset(seat, drawWeight(policy), -loadStep(policy));
    if (before === 0 && weight > 0) this.#weightless.remove(seat);
    if (before > 0 && weight === 0) this.#weightless.add(seat);
    this.#weights.set(seat, weight);
  }

  remove(slot: number): void {
    const seat = this.#seats.release(slot);
    if (this.#weights.weightOf(seat) === 0) this.#weightless.remove(seat);
    else this.#weights.set(seat, 0);
  }

  has(slot: number): boolean {
    return this.#seats.seatOf(slot) >= 0;
  }

  select(count: number, into: number[]): number {
    const weights = this.#weights;
    const length = answerLength(count, this.size);
    let found = 0;
    if (weights.total === 0) {
      found = this.#weightless.draw(length, into, this.#random);
    } else {
      while (found < length && weights.total > 0) {
        const seat = weights.seatAt(randomBelow(weights.total, this.#random));
        this.#drawn[found] = weights.weightOf(seat);
        weights.set(seat, 0);
        into[found++] = seat;
      }
      for (let index = 0; index < found; index++) {
        const seat = into[index] as number;
        weights.set(seat, this.#weightAfter(index, seat));
      }
    }
    return this.#seats.toSlots(into, found);
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
