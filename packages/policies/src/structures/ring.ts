import { nextField } from './seat-fields.ts';
import type { SeatRecords } from './seat-records.ts';
import { linkAtTail, unlink } from './seat-ring.ts';
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
    this.#records.reserve(seat);
    this.#head = linkAtTail(this.#records, this.#head, seat);
    this.#size++;
  }

  /** Takes out a seat that is in the ring; where it is the head, the next one becomes the head. */
  remove(seat: number): void {
    this.#head = unlink(this.#records, this.#head, seat);
    this.#size--;
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
