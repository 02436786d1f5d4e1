import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import { assertPolicyOf } from '../policy-validation.ts';
import { SeatTable } from '../structures/seat-table.ts';
import type { Selection } from './selection.ts';
import type { Selector } from './selector.ts';

/** A selection for people who use it alone: any slots, in a store of its own, and every mistake is reported. */
export class SlotSelector implements Selector {
  readonly type: PolicyName;
  readonly #seats: SeatTable = new SeatTable();
  readonly #selection: Selection;

  /**
   * @param selection - An empty selection whose store nobody else uses.
   */
  constructor(selection: Selection) {
    this.type = selection.type;
    this.#selection = selection;
  }

  get size(): number {
    return this.#seats.size;
  }

  add(slot: number, policy: SelectionPolicy): void {
    const seat = this.#seats.claim(slot);
    try {
      assertPolicyOf(this.type, policy);
    } catch (error) {
      this.#seats.release(slot);
      throw error;
    }
    this.#selection.add(seat, policy);
  }

  update(slot: number, policy: SelectionPolicy): void {
    const seat = this.#seats.require(slot);
    assertPolicyOf(this.type, policy);
    this.#selection.update(seat, policy);
  }

  remove(slot: number): void {
    this.#selection.remove(this.#seats.release(slot));
  }

  has(slot: number): boolean {
    return this.#seats.seatOf(slot) >= 0;
  }

  select(count: number, into: number[]): number {
    return this.#seats.toSlots(into, this.#selection.select(count, into));
  }
}
