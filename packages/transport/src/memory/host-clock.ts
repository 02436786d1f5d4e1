import type { Clock, TimerHandle } from '../contract/clock.ts';

interface HostTimer extends TimerHandle {
  base: TimerHandle | undefined;
  stopped: boolean;
}

/**
 * The clock of one life of a host: while the host hangs, its timers wait; when it is killed, they never run.
 */
export class HostClock implements Clock {
  readonly #base: Clock;
  #held = false;
  #dead = false;
  #waiting: (() => void)[] = [];

  constructor(base: Clock) {
    this.#base = base;
  }

  now(): number {
    return this.#base.now();
  }

  setTimer(at: number, callback: () => void): TimerHandle {
    const timer: HostTimer = { at, base: undefined, stopped: false };
    const run = (): void => {
      if (this.#dead || timer.stopped) return;
      if (this.#held) this.#waiting.push(run);
      else callback();
    };
    if (!this.#dead) timer.base = this.#base.setTimer(at, run);
    return timer;
  }

  clearTimer(timer: TimerHandle): void {
    const own = timer as HostTimer;
    own.stopped = true;
    if (own.base !== undefined) this.#base.clearTimer(own.base);
  }

  /** The host hangs: timers that become due wait. */
  hold(): void {
    this.#held = true;
  }

  /** The host goes on: the timers that wait run now, in order. */
  release(): void {
    this.#held = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const run of waiting) this.#base.setTimer(this.#base.now(), run);
  }

  /** The host is killed: no timer runs any more. */
  stop(): void {
    this.#dead = true;
    this.#waiting = [];
  }
}
