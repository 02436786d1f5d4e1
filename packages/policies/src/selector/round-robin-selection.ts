import { assertPolicyOf } from '../policy-validation.ts';
import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import { Ring } from '../structures/ring.ts';
import type { SelectionStore } from '../structures/selection-store.ts';
import { answerLength } from './answer-length.ts';
import { maximumIncrementOf } from './maximum-increment.ts';
import type { Selection } from './selection.ts';
import type { SelectorOptions } from './selector.ts';

/** Round robin (RFC 5356 section 4.1.2): the list from the head on, then the head advances by one. */
export class RoundRobinSelection implements Selection {
  readonly type: PolicyName = 'roundRobin';
  readonly #ring: Ring;
  readonly #maximumIncrement: number;

  constructor(options: SelectorOptions, store: SelectionStore) {
    this.#ring = new Ring(store);
    this.#maximumIncrement = maximumIncrementOf(options.maximumIncrement, 1);
  }

  get size(): number {
    return this.#ring.size;
  }

  add(seat: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    this.#ring.append(seat);
  }

  update(_seat: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
  }

  remove(seat: number): void {
    this.#ring.remove(seat);
  }

  select(count: number, into: number[]): number {
    const found = this.#ring.list(answerLength(count, this.size), into);
    this.#ring.advance(Math.min(found, this.#maximumIncrement));
    return found;
  }
}
