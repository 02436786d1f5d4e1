import * as ElementField from './element-field.ts';
import type { ElementRecords } from './element-records.ts';
import type { ElementReference } from './element-reference.ts';
import { ExpiryHeap } from './expiry-heap.ts';
import { ExpiryWheel, wheelTicks } from './expiry-wheel.ts';

const wheelMask: number = wheelTicks - 1;

/** Times beyond have no whole milliseconds, or differences that are none. */
const largestTime: number = 2 ** 51;

/**
 * The times at which elements expire, in whole milliseconds: rounded up, so that nothing expires early.
 *
 * Times that lie within 17 minutes are on a wheel of ticks of a millisecond, where setting, moving, taking and
 * stopping are O(1); the few that lie far from most others are in a heap, and stay there until they are set again
 * or taken, so that nothing has to be moved when time goes by. The element that expires first is the first of
 * the one or of the other.
 *
 * An element's record tells where its time is: a negative number means the wheel, a positive one the heap.
 */
export class ExpiryTimes {
  readonly #records: ElementRecords;
  readonly #heap: ExpiryHeap;
  readonly #wheel: ExpiryWheel;
  /** The first time that the wheel has a tick for, and that tick; the last is `wheelTicks` - 1 behind it. */
  #base = 0;
  #baseTick = 0;
  /** The first tick that has elements, or -1. */
  #first = -1;
  /** The second one where that is known, or -1: a time that is set and comes next leaves the first one as it was. */
  #second = -1;

  /**
   * @param records - The records of the elements.
   */
  constructor(records: ElementRecords) {
    this.#records = records;
    this.#heap = new ExpiryHeap(records);
    this.#wheel = new ExpiryWheel(records);
  }

  /**
   * Sets the time of an element, also where it has one.
   *
   * @param element - The element.
   * @param at - When it expires, in milliseconds on the caller's clock; finite.
   */
  set(element: ElementReference, at: number): void {
    const time = Math.ceil(at);
    const place = this.#records.get(element, ElementField.expiry);
    if (place < 0) this.#takeOff(element, ~place);
    let ticks = time - this.#base;
    if (!(ticks >= 0 && ticks < wheelTicks)) {
      if (!this.#turn(time)) {
        // Negative zero would show.
        this.#heap.set(element, time + 0);
        return;
      }
      ticks = time - this.#base;
    }
    if (place > 0) this.#heap.stop(element);
    const tick = (this.#baseTick + ticks) & wheelMask;
    if (!this.#wheel.append(element, tick)) return;
    if (this.#first === -1 || ticks < this.#ticksTo(this.#first)) {
      this.#second = this.#first;
      this.#first = tick;
    } else if (this.#second !== -1 && ticks < this.#ticksTo(this.#second)) this.#second = tick;
  }

  /**
   * Takes the time of an element away; no error where it has none.
   *
   * @param element - The element.
   */
  stop(element: ElementReference): void {
    const place = this.#records.get(element, ElementField.expiry);
    if (place < 0) this.#takeOff(element, ~place);
    else if (place > 0) this.#heap.stop(element);
  }

  /** When an element expires, or `undefined`. */
  at(element: ElementReference): number | undefined {
    const place = this.#records.get(element, ElementField.expiry);
    return place < 0 ? this.#timeOf(~place) : this.#heap.at(element);
  }

  /** When the first element expires, or `undefined` where none does. */
  earliestTime(): number | undefined {
    const far = this.#heap.size === 0 ? undefined : this.#heap.earliestTime();
    if (this.#first === -1) return far;
    const near = this.#timeOf(this.#first);
    return far === undefined || near < far ? near : far;
  }

  /**
   * Takes the element that expires first, and its time away.
   *
   * @param now - When it has to expire at the latest.
   * @returns The element, or -1 where none expires by then.
   */
  take(now: number): number {
    const first = this.#first;
    const heap = this.#heap;
    if (heap.size > 0 && (first === -1 || heap.earliestTime() <= this.#timeOf(first))) {
      if (heap.earliestTime() > now) return -1;
      const element = heap.earliest();
      heap.stop(element);
      return element;
    }
    if (first === -1 || this.#timeOf(first) > now) return -1;
    const element = this.#wheel.first(first);
    if (this.#wheel.removeFirst(first)) this.#emptied(first);
    return element;
  }

  #takeOff(element: ElementReference, tick: number): void {
    if (this.#wheel.remove(element)) this.#emptied(tick);
  }

  #emptied(tick: number): void {
    if (tick === this.#first) {
      this.#first = this.#second === -1 ? this.#wheel.following(tick) : this.#second;
      this.#second = -1;
    } else if (tick === this.#second) this.#second = -1;
  }

  #ticksTo(tick: number): number {
    return (tick - this.#baseTick) & wheelMask;
  }

  #timeOf(tick: number): number {
    return this.#base + this.#ticksTo(tick);
  }

  /**
   * Turns the wheel so that it has a tick for a time, where its elements leave room for that. As much room as
   * there is remains on both sides, so that this happens rarely.
   *
   * @returns Whether there is room.
   */
  #turn(time: number): boolean {
    if (Math.abs(time) > largestTime) return false;
    let earliest = time;
    let latest = time;
    if (this.#first !== -1) {
      earliest = Math.min(time, this.#timeOf(this.#first));
      latest = Math.max(time, this.#timeOf(this.#wheel.preceding((this.#baseTick - 1) & wheelMask)));
    }
    const room = wheelTicks - 1 - (latest - earliest);
    if (room < 0) return false;
    const base = earliest - (room >> 1);
    // The tick of a time stays what it is, however far the wheel turns.
    if (this.#first !== -1) this.#baseTick = (this.#baseTick + (base - this.#base)) & wheelMask;
    this.#base = base;
    return true;
  }
}
