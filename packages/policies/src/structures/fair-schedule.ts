import { KeyedHeap } from './keyed-heap.ts';
import { baseField, countField, stepField } from './seat-fields.ts';
import type { SeatRecords } from './seat-records.ts';
import { SelectionStore } from './selection-store.ts';

/** Comparing virtual times allows for the rounding of the two operations that make one. */
const rounding: number = 1 + 2 ** -50;

/**
 * Virtual time starts again from zero before its rounding errors can matter: up to this product of time and
 * weight they stay below 2^-7 of an element's interval.
 */
const maximumPrecision: number = 2 ** 45;

/**
 * The circular list of weighted round robin (RFC 5356 section 4.2.2), which is never written out: with 32-bit
 * weights it has up to 2^32 entries for each seat.
 *
 * Each seat has as many turns in one unit of virtual time as its weight, so the interval between its turns is
 * `1 / weight`, and turn number `k` belongs between `k / weight` (its start) and `(k + 1) / weight` (its
 * deadline). Each selection moves virtual time on by `1 / sum of weights`; of the turns that have started, the
 * one with the earliest deadline is next (Earliest Eligible Virtual Deadline First, Stoica and Abdel-Wahab 1995).
 *
 * While the weights do not change, this holds for every seat after every number `t` of selections: it was
 * selected `t * weight / sum` times, rounded down or up. Not more often, since turns do not begin before their
 * start, and not less often, since taking the earliest deadline first keeps all deadlines if that is possible. So
 * the ratio of RFC 5356 is exact over each whole round, and two turns of a seat are less than twice its ideal
 * interval `sum / weight` apart. No list can do better than rounding at every point; the well-known O(n) smooth
 * weighted round robin can be off by more than one.
 *
 * Two heaps, one of turns that have started by deadline, and one of those that have not by start: O(log n).
 */
export class FairSchedule {
  /** Turns start at `base + served / weight`: one division instead of a growing sum of rounded intervals. */
  readonly #records: SeatRecords;
  readonly #started: KeyedHeap;
  readonly #waiting: KeyedHeap;
  #totalWeight: number = 0;
  /** Virtual time is `#origin + #selections / #totalWeight`; it is always the mean of the starts, by weight. */
  #origin: number = 0;
  #selections: number = 0;
  #nextAge: number = 0;
  /** What the seat that was selected last had afterwards: behind it is the tail of the list. */
  #tailBase: number = 0;
  #tailServed: number = 0;
  #tailWeight: number = 1;

  constructor(store: SelectionStore = new SelectionStore()) {
    this.#records = store.records;
    this.#started = new KeyedHeap(store);
    this.#waiting = new KeyedHeap(store);
  }

  /** How many seats are in the schedule. */
  get size(): number {
    return this.#started.size + this.#waiting.size;
  }

  /** Tells whether a seat is in the schedule. */
  has(seat: number): boolean {
    return this.#started.has(seat) || this.#waiting.has(seat);
  }

  /** Adds a seat that is not in the schedule, with a weight of at least 1, at the tail. */
  add(seat: number, weight: number): void {
    this.#records.reserve(seat);
    const time = this.#settle(weight);
    const tail = this.#tailBase + this.#tailServed / this.#tailWeight;
    // At the tail, but not further away than one interval of its own, and not with a claim on the past.
    const start = this.#totalWeight === 0 ? 0 : Math.min(Math.max(tail, time), time + 1 / weight);
    const behindEqual = start === tail && weight === this.#tailWeight;
    this.#records.set(seat, baseField, behindEqual ? this.#tailBase : start);
    this.#records.set(seat, countField, behindEqual ? this.#tailServed : 0);
    this.#records.set(seat, stepField, weight);
    this.#changeTotal(this.#totalWeight + weight, time, weight * (start - time));
    this.#enqueue(seat, this.#nextAge++);
    this.#promote();
  }

  /** Changes the weight of a seat; what is left of the way to its next turn stays the same part of its interval. */
  reweigh(seat: number, weight: number): void {
    const before = this.#records.get(seat, stepField);
    if (before === weight) return;
    const time = this.#settle(Math.max(before, weight));
    const ahead = before * (this.#startOf(seat) - time);
    const age = this.#dequeue(seat);
    this.#records.set(seat, baseField, time + ahead / weight);
    this.#records.set(seat, countField, 0);
    this.#records.set(seat, stepField, weight);
    this.#changeTotal(this.#totalWeight - before + weight, time, 0);
    this.#enqueue(seat, age);
    this.#promote();
  }

  /** Takes out a seat that is in the schedule. */
  remove(seat: number): void {
    const weight = this.#records.get(seat, stepField);
    const time = this.#settle(weight);
    this.#dequeue(seat);
    // The time that it was ahead was taken from the others, and goes back to them.
    this.#changeTotal(this.#totalWeight - weight, time, weight * (time - this.#startOf(seat)));
    this.#promote();
    if (this.size > 0) return;
    this.#started.release();
    this.#waiting.release();
  }

  /**
   * Writes seats in the order of the list from its head on, each once: first those whose turn has started by
   * deadline, then the others by start.
   *
   * @returns How many: `count`, or fewer where the schedule is smaller.
   */
  list(count: number, into: number[]): number {
    const started = this.#started.list(count, into);
    return started + this.#waiting.list(count - started, into, started);
  }

  /** Takes a turn of a seat: one entry of the list is over. */
  serve(seat: number): void {
    const weight = this.#records.get(seat, stepField);
    this.#settle(weight);
    if (this.#started.size > 0 && this.#started.top === seat) this.#started.removeTop();
    else this.#dequeue(seat);
    const served = this.#records.get(seat, countField) + 1;
    this.#records.set(seat, countField, served);
    this.#selections++;
    this.#tailBase = this.#records.get(seat, baseField);
    this.#tailServed = served;
    this.#tailWeight = weight;
    this.#enqueue(seat, this.#nextAge++);
    this.#promote();
  }

  #time(): number {
    return this.#totalWeight === 0 ? 0 : this.#origin + this.#selections / this.#totalWeight;
  }

  #startOf(seat: number): number {
    return this.#turnAt(seat, this.#records.get(seat, countField));
  }

  #deadlineOf(seat: number): number {
    return this.#turnAt(seat, this.#records.get(seat, countField) + 1);
  }

  #turnAt(seat: number, turn: number): number {
    return this.#records.get(seat, baseField) + turn / this.#records.get(seat, stepField);
  }

  #enqueue(seat: number, age: number): void {
    const start = this.#startOf(seat);
    if (start > this.#time() * rounding)
      this.#waiting.add(seat, start, age, -this.#records.get(seat, stepField));
    else this.#begin(seat, age);
  }

  /** Among equal deadlines the heavier seat is first: the other one can wait, its interval is longer anyway. */
  #begin(seat: number, age: number): void {
    this.#started.add(seat, this.#deadlineOf(seat), age, -this.#records.get(seat, stepField));
  }

  #dequeue(seat: number): number {
    const heap = this.#started.has(seat) ? this.#started : this.#waiting;
    const age = heap.ageOf(seat);
    heap.remove(seat);
    return age;
  }

  /** Moves the turns that have started by now; each was put to wait once, so that this is paid for. */
  #promote(): void {
    const waiting = this.#waiting;
    if (waiting.size === 0) return;
    // The mean is never below all starts; where rounding made it so, time catches up.
    if (this.#started.size === 0 && waiting.topKey > this.#time()) {
      this.#origin = waiting.topKey;
      this.#selections = 0;
    }
    const time = this.#time() * rounding;
    while (waiting.size > 0 && waiting.topKey <= time) {
      const seat = waiting.top;
      const age = waiting.topAge;
      waiting.removeTop();
      this.#begin(seat, age);
    }
  }

  /** Sets the sum of weights, and the time so that it is the mean of the starts again. */
  #changeTotal(totalWeight: number, time: number, moved: number): void {
    this.#totalWeight = totalWeight;
    this.#origin = totalWeight === 0 ? 0 : time + moved / totalWeight;
    this.#selections = 0;
    if (totalWeight > 0) return;
    this.#tailBase = 0;
    this.#tailServed = 0;
  }

  /**
   * The virtual time, which starts again from zero where it has become too large to be precise for a weight.
   * That is one pass over the seats, at most once in 2^13 rounds of the whole list: as with the growth of an array,
   * the cost for each selection is constant.
   */
  #settle(weight: number): number {
    const time = this.#time();
    if (time * weight < maximumPrecision) return time;
    const restart = (seat: number): void => {
      this.#records.set(seat, baseField, this.#startOf(seat) - time);
      this.#records.set(seat, countField, 0);
    };
    this.#started.forEach(restart);
    this.#waiting.forEach(restart);
    this.#started.shift(-time);
    this.#waiting.shift(-time);
    this.#tailBase += this.#tailServed / this.#tailWeight - time;
    this.#tailServed = 0;
    this.#origin = 0;
    this.#selections = 0;
    return 0;
  }
}
