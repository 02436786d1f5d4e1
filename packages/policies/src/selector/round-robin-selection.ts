import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import type { SeatRecords } from '../structures/seat-records.ts';
import { linkAtTail, listRing, nextOf, unlink } from '../structures/seat-ring.ts';
import type { SelectionStore } from '../structures/selection-store.ts';
import { answerLength } from './answer-length.ts';
import { maximumIncrementOf } from './maximum-increment.ts';
import type { Selection } from './selection.ts';
import type { SelectorOptions } from './selector.ts';

/** Round robin (RFC 5356 section 4.1.2): the list from the head on, then the head advances by one. */
export class RoundRobinSelection implements Selection {
  readonly type: PolicyName = 'roundRobin';
  readonly #records: SeatRecords;
  readonly #maximumIncrement: number;
  #head: number = -1;
  #size: number = 0;

  constructor(options: SelectorOptions, store: SelectionStore) {
    this.#records = store.records;
    this.#maximumIncrement = maximumIncrementOf(options.maximumIncrement, 1);
  }

  get size(): number {
    return this.#size;
  }

  add(seat: number, _policy: SelectionPolicy): void {
    this.#records.reserve(seat);
    this.#head = linkAtTail(this.#records, this.#head, seat);
    this.#size++;
  }

  update(_seat: number, _policy: SelectionPolicy): void {
    // There is nothing to change.
  }

  remove(seat: number): void {
    this.#head = unlink(this.#records, this.#head, seat);
    this.#size--;
  }

  select(count: number, into: number[]): number {
    const length = answerLength(count, this.#size);
    listRing(this.#records, this.#head, length, into);
    const turns = Math.min(length, this.#maximumIncrement);
    for (let turn = 0; turn < turns; turn++) this.#head = nextOf(this.#records, this.#head);
    return length;
  }
}
