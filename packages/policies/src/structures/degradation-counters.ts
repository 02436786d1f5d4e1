import { baseField, countField, stepField } from './seat-fields.ts';
import type { SeatRecords } from './seat-records.ts';
import { SelectionStore } from './selection-store.ts';

/**
 * The degradation counter of each seat (RFC 5356 section 5.2.2), and the value that results from it:
 * `base + counter * step`. The product is formed anew each time, so that no rounding adds up, and is not capped.
 */
export class DegradationCounters {
  readonly #records: SeatRecords;

  constructor(store: SelectionStore = new SelectionStore()) {
    this.#records = store.records;
  }

  /** A seat was registered or registered again: its counter is 0. Returns the value, which is the base. */
  reset(seat: number, base: number, step: number): number {
    this.#records.reserve(seat);
    this.#records.set(seat, baseField, base);
    this.#records.set(seat, stepField, step);
    this.#records.set(seat, countField, 0);
    return base;
  }

  /** A seat was selected for being returned: counts it, and returns its new value. */
  increment(seat: number): number {
    const counter = this.#records.get(seat, countField) + 1;
    this.#records.set(seat, countField, counter);
    return this.#records.get(seat, baseField) + counter * this.#records.get(seat, stepField);
  }
}
