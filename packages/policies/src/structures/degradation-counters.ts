import { baseField, countField, stepField } from './seat-fields.ts';
import type { SeatRecords } from './seat-records.ts';
import { SelectionStore } from './selection-store.ts';

/**
 * Counts that a seat was selected for being returned.
 *
 * @param page - The page with the record of the seat, whose counter was reset before.
 * @param record - Where the record begins in the page.
 * @returns The new value.
 */
export function countReturn(page: Float64Array, record: number): number {
  const counter = (page[record + countField] as number) + 1;
  page[record + countField] = counter;
  return (page[record + baseField] as number) + counter * (page[record + stepField] as number);
}

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
    const { pages, shift, mask } = this.#records;
    return countReturn(pages[seat >> shift] as Float64Array, (seat & mask) << 3);
  }
}
