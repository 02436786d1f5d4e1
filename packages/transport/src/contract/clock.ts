/** Names one running timer of a {@link Clock}; only of use to {@link Clock.clearTimer}. */
export interface TimerHandle {
  /** When the timer runs, in milliseconds on the clock that set it. */
  readonly at: number;
}

/**
 * Monotonic time and timers. Everything in this package that waits does it through a clock that is passed in,
 * so that a whole network runs in virtual time ({@link createVirtualClock}) as well as in real time
 * ({@link realClock}).
 */
export interface Clock {
  /** The time in milliseconds; it never goes back, and its origin means nothing. */
  now(): number;
  /**
   * Runs a callback once, never before its time and never inside this call; after a time that has passed already, as
   * soon as possible.
   *
   * @param at - When to run it, in milliseconds on this clock.
   * @param callback - What to run; it must not throw.
   * @returns What {@link clearTimer} takes.
   */
  setTimer(at: number, callback: () => void): TimerHandle;
  /**
   * Stops a timer. Stopping one that has run or was stopped is no error.
   *
   * @param timer - What {@link setTimer} returned.
   */
  clearTimer(timer: TimerHandle): void;
}
