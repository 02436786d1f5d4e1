import type { QueuedTimer } from './queued-timer.ts';
import { TimerQueue } from './timer-queue.ts';

/** So many names keep their timers while these do not run: most machines start and stop the same few all the time. */
const keptTimers = 8;

interface NamedTimer<Name> extends QueuedTimer {
  readonly name: Name;
}

/**
 * A table of named timers: a timer is a name and a time, not an object with a callback. Keys are strings such
 * as `T2-registration` or, where there is one timer for each of many things, the name with an identifier.
 *
 * Setting and stopping cost O(log n); the earliest timer is known in O(1).
 */
export class TimerTable<Name extends string = string> {
  readonly #queue = new TimerQueue<NamedTimer<Name>>();
  readonly #timers: Map<Name, NamedTimer<Name>> = new Map();

  /**
   * Starts a timer, or restarts it where it runs already.
   *
   * @param name - The timer's name.
   * @param at - When it expires, in milliseconds on the caller's clock.
   */
  set(name: Name, at: number): void {
    let timer = this.#timers.get(name);
    if (timer === undefined) {
      timer = { name, timerAt: 0, timerOrder: 0, timerPlace: -1 };
      this.#timers.set(name, timer);
    }
    this.#queue.set(timer, at);
  }

  /**
   * Stops a timer. Stopping one that does not run is no error.
   *
   * @param name - The timer's name.
   */
  stop(name: Name): void {
    const timer = this.#timers.get(name);
    if (timer === undefined) return;
    this.#queue.stop(timer);
    this.#stopped(timer);
  }

  /** Stops all timers. */
  clear(): void {
    this.#queue.clear();
    this.#timers.clear();
  }

  /**
   * When a timer expires, or `undefined` where it does not run.
   *
   * @param name - The timer's name.
   */
  get(name: Name): number | undefined {
    const timer = this.#timers.get(name);
    return timer === undefined || timer.timerPlace < 0 ? undefined : timer.timerAt;
  }

  /** When the earliest timer expires, or `undefined` while none runs. */
  next(): number | undefined {
    return this.#queue.next();
  }

  /**
   * Takes one expired timer off the table: the earliest, and of equal ones the one that was set first.
   *
   * @param now - The time, in milliseconds on the caller's clock.
   */
  takeExpired(now: number): Name | undefined {
    const timer = this.#queue.takeExpired(now);
    if (timer === undefined) return undefined;
    this.#stopped(timer);
    return timer.name;
  }

  #stopped({ name }: NamedTimer<Name>): void {
    if (this.#timers.size > keptTimers) this.#timers.delete(name);
  }
}
