import { RserpoolError } from '@rserpool/wire';
import { Lane } from './lane.ts';
import { type Wakeable, WakeQueue } from './wake-queue.ts';

/** How many events may happen at one time. */
const maximumEventsAtOnce = 1_000_000;

/** A component with one timer for everything that it waits for. */
export interface ScheduledComponent extends Wakeable {
  /**
   * Its timer is due. It may have been set before the component came to wait for longer.
   *
   * @returns Whether anything was due indeed.
   */
  wake(): boolean;
}

/**
 * Virtual time for many components that send each other messages: a queue with one timer for each component, and lanes
 * on which messages need no sorting. Timers come before messages of the same time, earlier lanes before later ones;
 * otherwise everything happens in the order in which it was scheduled.
 */
export class Schedule {
  readonly #timers: WakeQueue<ScheduledComponent> = new WakeQueue();
  readonly #lanes: Lane[] = [];
  #now = 0;
  #events = 0;

  /** The time in milliseconds, from 0. */
  get now(): number {
    return this.#now;
  }

  /** How many messages have arrived and timers fired. */
  get events(): number {
    return this.#events;
  }

  /**
   * Makes a lane.
   *
   * @param delayMs - How long everything on it takes, in milliseconds.
   */
  lane(delayMs: number): Lane {
    const lane = new Lane(delayMs);
    this.#lanes.push(lane);
    return lane;
  }

  /**
   * Wakes a component no later than at a time; a timer that is earlier stays.
   *
   * @param component - The component.
   * @param at - The time in milliseconds; what has passed already means as soon as possible.
   */
  wakeBy(component: ScheduledComponent, at: number): void {
    if (this.#timers.timeOf(component) <= at) return;
    if (at < Infinity) this.#timers.set(component, at > this.#now ? at : this.#now);
  }

  /**
   * Forgets a component that is gone.
   *
   * @param component - The component.
   */
  forget(component: ScheduledComponent): void {
    this.#timers.remove(component);
  }

  /** Counts the arrival of a message. */
  arrived(): void {
    this.#events += 1;
  }

  /**
   * Lets time pass: everything until then happens, in order.
   *
   * @param until - The time at the end, in milliseconds.
   * @throws RserpoolError `ERR_RSERPOOL_VIRTUAL_TIME_LIMIT` where time stands still although events go on.
   */
  runUntil(until: number): void {
    const lanes = this.#lanes;
    let atOnce = 0;
    for (;;) {
      let lane: Lane | undefined;
      let next = Infinity;
      for (const candidate of lanes) {
        if (candidate.next < next) {
          lane = candidate;
          next = candidate.next;
        }
      }
      const timer = this.#timers.next;
      const due = timer <= next ? timer : next;
      if (due > until) break;
      atOnce = due === this.#now ? atOnce + 1 : 0;
      if (atOnce > maximumEventsAtOnce) throw stuck(due);
      this.#now = due;
      if (timer <= next) {
        if (this.#timers.take()?.wake() === true) this.#events += 1;
      } else lane?.take()?.arrive();
    }
    if (until > this.#now) this.#now = until;
  }
}

function stuck(at: number): RserpoolError {
  return new RserpoolError(
    'ERR_RSERPOOL_VIRTUAL_TIME_LIMIT',
    `time does not pass any more at ${at} ms: somebody does one thing after the other for ever`,
  );
}
