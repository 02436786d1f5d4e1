import type { Clock, TimerHandle } from '@rserpool/transport';
import { RserpoolError } from '@rserpool/wire';
import { EventQueue, SimulatedEvent } from './event-queue.ts';

/** How many events may happen at one time; a cluster has far fewer. */
const maximumEventsAtOnce = 1_000_000;

/** All promises that can be settled are, with all that follows from them. */
const settled = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** A timer that is an event itself. */
class TimerEvent extends SimulatedEvent implements TimerHandle {
  readonly #callback: () => void;

  constructor(callback: () => void) {
    super();
    this.#callback = callback;
  }

  get at(): number {
    return this.due;
  }

  run(): void {
    this.#callback();
  }
}

/**
 * Virtual time without promises: it passes only in {@link runUntil}, and jumps from one event to the next. The same
 * schedule gives the same run.
 */
export class VirtualTime implements Clock {
  readonly #queue: EventQueue = new EventQueue();
  #now = 0;
  #events = 0;
  #eventsNow = 0;

  /** The time in milliseconds, from 0. */
  now(): number {
    return this.#now;
  }

  /** How many events have happened. */
  get events(): number {
    return this.#events;
  }

  /** How many events wait. */
  get pending(): number {
    return this.#queue.size;
  }

  /**
   * Schedules an event.
   *
   * @param event - An event that is not scheduled yet.
   * @param due - When; what has passed already means as soon as possible.
   */
  schedule(event: SimulatedEvent, due: number): void {
    this.#queue.add(event, due > this.#now ? due : this.#now);
  }

  /**
   * Calls an event off.
   *
   * @param event - The event; one that has happened is no error.
   */
  cancel(event: SimulatedEvent): void {
    this.#queue.cancel(event);
  }

  /**
   * Runs a callback once, never inside this call.
   *
   * @param at - When, in milliseconds; what has passed already means as soon as possible.
   * @param callback - What to run.
   */
  setTimer(at: number, callback: () => void): TimerHandle {
    const timer = new TimerEvent(callback);
    this.schedule(timer, at);
    return timer;
  }

  /**
   * Stops a timer; one that has run or was stopped is no error.
   *
   * @param timer - What {@link setTimer} returned.
   */
  clearTimer(timer: TimerHandle): void {
    if (timer instanceof SimulatedEvent) this.#queue.cancel(timer);
  }

  /**
   * Lets time pass: all events until then happen, in order.
   *
   * @param until - The time at the end.
   * @throws RserpoolError `ERR_RSERPOOL_VIRTUAL_TIME_LIMIT` where time stands still although events go on.
   */
  runUntil(until: number): void {
    while (this.#step(until));
    this.#now = Math.max(this.#now, until);
  }

  /**
   * The same where what happens goes on in promises: after each event all that follows from it happens before the next.
   *
   * @param until - The time at the end.
   * @throws RserpoolError as {@link runUntil} does.
   */
  async runUntilSettled(until: number): Promise<void> {
    await settled();
    while (this.#step(until)) await settled();
    this.#now = Math.max(this.#now, until);
  }

  /** Lets the next event happen, if there is one until then. */
  #step(until: number): boolean {
    const event = this.#queue.take(until);
    if (event === undefined) return false;
    this.#events += 1;
    if (event.due === this.#now) this.#eventsNow += 1;
    else this.#eventsNow = 0;
    this.#now = event.due;
    if (this.#eventsNow > maximumEventsAtOnce) {
      throw new RserpoolError(
        'ERR_RSERPOOL_VIRTUAL_TIME_LIMIT',
        `time does not pass any more at ${this.#now} ms: somebody does one thing after the other for ever`,
      );
    }
    event.run();
    return true;
  }
}
