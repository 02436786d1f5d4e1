import { assertPolicyOf } from '../policy-validation.ts';
import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import type { RandomSource } from '../random-source.ts';
import { SampleSet } from '../structures/sample-set.ts';
import { SeatTable } from '../structures/seat-table.ts';
import { answerLength } from './answer-length.ts';
import { maximumIncrementOf } from './maximum-increment.ts';
import type { Selector, SelectorOptions } from './selector.ts';

/** Random (RFC 5356 section 4.3.2): distinct elements, each order of each choice with the same probability. */
export class RandomSelector implements Selector {
  readonly type: PolicyName = 'random';
  readonly #seats: SeatTable = new SeatTable();
  readonly #elements: SampleSet = new SampleSet();
  readonly #random: RandomSource;

  constructor(options: SelectorOptions) {
    maximumIncrementOf(options.maximumIncrement, Infinity);
    this.#random = options.random;
  }

  get size(): number {
    return this.#seats.size;
  }

  add(slot: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    this.#elements.add(this.#seats.claim(slot));
  }

  update(slot: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    this.#seats.require(slot);
  }

  remove(slot: number): void {
    this.#elements.remove(this.#seats.release(slot));
  }

  has(slot: number): boolean {
    return this.#seats.seatOf(slot) >= 0;
  }

  select(count: number, into: number[]): number {
    const found = this.#elements.draw(answerLength(count, this.size), into, this.#random);
    return this.#seats.toSlots(into, found);
  }
}
