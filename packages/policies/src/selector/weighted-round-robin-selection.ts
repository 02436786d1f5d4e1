import type { PolicyName, SelectionPolicy, WeightedRoundRobinPolicy } from '../policy-types.ts';
import { FairSchedule } from '../structures/fair-schedule.ts';
import { markField, stepField } from '../structures/seat-fields.ts';
import type { SeatRecords } from '../structures/seat-records.ts';
import { linkAtTail, listRing, nextOf, unlink } from '../structures/seat-ring.ts';
import type { SelectionStore } from '../structures/selection-store.ts';
import { answerLength } from './answer-length.ts';
import { maximumIncrementOf } from './maximum-increment.ts';
import type { Selection } from './selection.ts';
import type { SelectorOptions } from './selector.ts';

/** How many turns the list is looked ahead at most, a power of two: very different weights would have no end. */
const maximumAhead: number = 32;

/** Up to so many elements of an answer are compared with one another. */
const maximumCompared: number = 8;

/**
 * Weighted round robin (RFC 5356 section 4.2.2): as round robin, over a list in which each element has as many
 * evenly spread entries as its weight. An answer has each element once, in the order of the list; an answer that the
 * next 32 entries are not enough for is filled up with other elements.
 *
 * What an answer shows of the list are turns that the schedule has taken already. They wait in a queue for the
 * requests that they belong to, so that an answer of many elements costs one new turn, as an answer of one does.
 * When the pool changes, the turns are undone: nobody can tell that there is a queue.
 *
 * An element of weight 0 has no entry in the list: it is not capable of providing any service (section 3.2).
 * Only where the weights of all elements are 0 they are served in turn, since an empty answer would say that
 * there is no pool.
 */
export class WeightedRoundRobinSelection implements Selection {
  readonly type: PolicyName = 'weightedRoundRobin';
  // What each change looks at lies in front, in one cache line.
  readonly #records: SeatRecords;
  readonly #schedule: FairSchedule;
  /** How many turns are in the queue, and the index of the first one. */
  #ahead: number = 0;
  #first: number = 0;
  /** The queue, empty as long as answers have one element. */
  readonly #queue: number[] = [];
  readonly #maximumIncrement: number;
  /** The ring of elements of weight 0. */
  #weightless: number = -1;
  #weightlessCount: number = 0;

  constructor(options: SelectorOptions, store: SelectionStore) {
    this.#records = store.records;
    this.#schedule = new FairSchedule(store);
    this.#maximumIncrement = maximumIncrementOf(options.maximumIncrement, 1);
  }

  get size(): number {
    return this.#schedule.size + this.#weightlessCount;
  }

  add(seat: number, policy: SelectionPolicy): void {
    this.#undoTurns();
    this.#enter(seat, weightOf(policy));
  }

  update(seat: number, policy: SelectionPolicy): void {
    const weight = weightOf(policy);
    const before = this.#records.get(seat, stepField);
    if (weight === before) return;
    this.#undoTurns();
    if (weight > 0 && before > 0) {
      this.#schedule.reweigh(seat, weight);
    } else {
      this.#leave(seat, before);
      this.#enter(seat, weight);
    }
  }

  remove(seat: number): void {
    this.#undoTurns();
    this.#leave(seat, this.#records.get(seat, stepField));
  }

  select(count: number, into: number[]): number {
    const schedule = this.#schedule;
    if (schedule.size === 0) return this.#selectWeightless(answerLength(count, this.#weightlessCount), into);
    const length = count === 1 ? 1 : answerLength(count, schedule.size);
    if (length === 1) into[0] = this.#ahead > 0 ? this.#takeFromQueue() : schedule.takeTurn();
    else if (length > maximumCompared) this.#selectMany(length, into);
    else if (length > 1) this.#selectFew(length, into);
    return length;
  }

  /** Few elements are compared with one another: their records need not be touched. */
  #selectFew(length: number, into: number[]): number {
    const queue = this.#queue;
    const first = this.#first;
    let ahead = this.#ahead;
    let found = 0;
    for (let turn = 0; found < length; turn++) {
      if (turn === ahead) {
        if (!this.#lookAhead()) return this.#selectMany(length, into);
        ahead++;
      }
      const seat = queue[(first + turn) & (maximumAhead - 1)] as number;
      let index = found;
      while (--index >= 0 && into[index] !== seat);
      if (index < 0) into[found++] = seat;
    }
    return this.#advance(length);
  }

  /** Elements are marked as long as the answer is made. */
  #selectMany(length: number, into: number[]): number {
    const records = this.#records;
    let found = 0;
    for (let turn = 0; found < length; turn++) {
      if (turn === this.#ahead && !this.#lookAhead()) break;
      const seat = this.#queue[(this.#first + turn) & (maximumAhead - 1)] as number;
      if (records.get(seat, markField) === 1) continue;
      records.set(seat, markField, 1);
      into[found++] = seat;
    }
    this.#schedule.listUnmarked(into, found, length);
    for (let index = 0; index < found; index++) records.set(into[index] as number, markField, 0);
    return this.#advance(length);
  }

  /** The list moves on, by one entry unless told otherwise. */
  #advance(length: number): number {
    const turns = Math.min(length, this.#maximumIncrement);
    const queued = Math.min(turns, this.#ahead);
    this.#first = (this.#first + queued) & (maximumAhead - 1);
    this.#ahead -= queued;
    for (let turn = queued; turn < turns; turn++) this.#schedule.takeTurn();
    return length;
  }

  #takeFromQueue(): number {
    const seat = this.#queue[this.#first] as number;
    this.#first = (this.#first + 1) & (maximumAhead - 1);
    this.#ahead--;
    return seat;
  }

  /** Takes one more turn in advance; false where that would be too many. */
  #lookAhead(): boolean {
    if (this.#ahead === maximumAhead) return false;
    while (this.#queue.length < maximumAhead) this.#queue.push(0);
    this.#queue[(this.#first + this.#ahead) & (maximumAhead - 1)] = this.#schedule.takeTurn();
    this.#ahead++;
    return true;
  }

  #undoTurns(): void {
    while (this.#ahead > 0) {
      this.#ahead--;
      this.#schedule.undoTurn(this.#queue[(this.#first + this.#ahead) & (maximumAhead - 1)] as number);
    }
  }

  #selectWeightless(length: number, into: number[]): number {
    listRing(this.#records, this.#weightless, length, into);
    const turns = Math.min(length, this.#maximumIncrement);
    for (let turn = 0; turn < turns; turn++) this.#weightless = nextOf(this.#records, this.#weightless);
    return length;
  }

  #enter(seat: number, weight: number): void {
    if (weight > 0) {
      this.#schedule.add(seat, weight);
      return;
    }
    this.#records.reserve(seat);
    this.#records.set(seat, stepField, 0);
    this.#weightless = linkAtTail(this.#records, this.#weightless, seat);
    this.#weightlessCount++;
  }

  #leave(seat: number, weight: number): void {
    if (weight > 0) {
      this.#schedule.remove(seat);
      return;
    }
    this.#weightless = unlink(this.#records, this.#weightless, seat);
    this.#weightlessCount--;
  }
}

function weightOf(policy: SelectionPolicy): number {
  return (policy as WeightedRoundRobinPolicy).weight;
}
