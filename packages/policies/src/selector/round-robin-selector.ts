import { assertPolicyOf } from '../policy-validation.ts';
import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import { Ring } from '../structures/ring.ts';
import { SeatTable } from '../structures/seat-table.ts';
import { answerLength } from './answer-length.ts';
import { maximumIncrementOf } from './maximum-increment.ts';
import type { Selector, SelectorOptions } from './selector.ts';

/** Round robin (RFC 5356 section 4.1.2): the list from the head on, then the head advances by one. */
export class RoundRobinSelector implements Selector {
  readonly type: PolicyName = 'roundRobin';
  readonly #seats: SeatTable = new SeatTable();
  readonly #ring: Ring = new Ring();
  readonly #maximumIncrement: number;

  constructor(options: SelectorOptions) {
    this.#maximumIncrement = maximumIncrementOf(options.maximumIncrement, 1);
  }

  get size(): number {
    return this.#seats.size;
  }

  add(slot: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    this.#ring.append(this.#seats.claim(slot));
  }

  update(slot: number, policy: SelectionPolicy): void {
    assertPolicyOf(this.type, policy);
    this.#seats.require(slot);
  }

  remove(slot: number): void {
    this.#ring.remove(this.#seats.release(slot));
  }

  has(slot: number): boolean {
    return this.#seats.seatOf(slot) >= 0;
  }

  select(count: number, into: number[]): number {
    const found = this.#ring.list(answerLength(count, this.size), into);
    this.#ring.advance(Math.min(found, this.#maximumIncrement));
    return this.#seats.toSlots(into, found);
  }
}
