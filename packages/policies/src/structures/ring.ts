import { nextField, previousField } from './seat-fields.ts';
import type { SeatRecords } from './seat-records.ts';
import { SelectionStore } from './selection-store.ts';

/**
 * The circular list with a head of RFC 5356 section 4.1.2, over seats. Every operation but {@link Ring.list}
 * takes constant time.
 */
export class Ring {
  readonly #records: SeatRecords;
  #head: number = -1;
  #size: number = 0;

  constructor(store: SelectionStore = new SelectionStore()) {
    this.#records = store.records;
  }

  /** How many seats are in the ring. */
  get size(): number {
    return this.#size;
  }

  /** Puts a new seat at the tail, just before the head: its turn comes when all others had theirs. */
  append(seat: number): void {
    const records = this.#records;
    records.reserve(seat);
    const head = this.#head < 0 ? seat : this.#head;
    const tail = this.#head < 0 ? seat : records.get(head, previousField);
    records.set(tail, nextField, seat);
    records.set(seat, previousField, tail);
    records.set(seat, nextField, head);
    records.set(head, previousField, seat);
    this.#head = head;
    this.#size++;
  }

  /** Takes out a seat that is in the ring; where it is the head, the next one becomes the head. */
  remove(seat: number): void {
    const records = this.#records;
    const next = records.get(seat, nextField);
    const previous = records.get(seat, previousField);
    records.set(previous, nextField, next);
    records.set(next, previousField, previous);
    this.#size--;
    if (this.#size === 0) this.#head = -1;
    else if (this.#head === seat) this.#head = next;
  }

  /**
   * Writes the seats from the head on, each once.
   *
   * @returns How many: `count`, or fewer where the ring is smaller.
   */
  list(count: number, into: number[]): number {
    const length = Math.min(count, this.#size);
    let seat = this.#head;
    for (let index = 0; index < length; index++) {
      into[index] = seat;
      seat = this.#records.get(seat, nextField);
    }
    return length;
  }

  /** Moves the head on. */
  advance(steps: number): void {
    let head = this.#head;
    for (let step = 0; step < steps; step++) head = this.#records.get(head, nextField);
    this.#head = head;
  }
}
