import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import type { RandomSource } from '../random-source.ts';
import { SampleSet } from '../structures/sample-set.ts';
import type { SelectionStore } from '../structures/selection-store.ts';
import { answerLength } from './answer-length.ts';
import { maximumIncrementOf } from './maximum-increment.ts';
import type { Selection } from './selection.ts';
import type { SelectorOptions } from './selector.ts';

/** Random (RFC 5356 section 4.3.2): distinct elements, each order of each choice with the same probability. */
export class RandomSelection implements Selection {
  readonly type: PolicyName = 'random';
  readonly #elements: SampleSet;
  readonly #random: RandomSource;

  constructor(options: SelectorOptions, store: SelectionStore) {
    this.#elements = new SampleSet(store);
    maximumIncrementOf(options.maximumIncrement, Infinity);
    this.#random = options.random;
  }

  get size(): number {
    return this.#elements.size;
  }

  add(seat: number, _policy: SelectionPolicy): void {
    this.#elements.add(seat);
  }

  update(_seat: number, _policy: SelectionPolicy): void {
    // There is nothing to change.
  }

  remove(seat: number): void {
    this.#elements.remove(seat);
    if (this.size === 0) this.#elements.release();
  }

  select(count: number, into: number[]): number {
    return this.#elements.draw(answerLength(count, this.size), into, this.#random);
  }
}
