/**
 * The one shape of every protocol machine: no clock, no timers, no I/O. Whoever drives it mutates once
 * ({@link handle} or {@link handleTimeout}), then drains {@link poll} until it returns `undefined`, and only
 * then mutates again; one host timer is kept set to {@link nextTimeout}.
 *
 * Time is a number of milliseconds on a monotonic clock that the caller owns.
 *
 * @typeParam Input - The union of what may happen to the machine.
 * @typeParam Output - The union of what the machine wants done.
 */
export interface Machine<Input, Output> {
  /**
   * Takes one input.
   *
   * @param input - What happened.
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   */
  handle(input: Input, now: number): void;
  /** The next thing to do, in order, or `undefined` when there is nothing left. */
  poll(): Output | undefined;
  /** When {@link handleTimeout} wants to be called, or `undefined` while no timer runs. */
  nextTimeout(): number | undefined;
  /**
   * Runs the timers that are due.
   *
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   */
  handleTimeout(now: number): void;
}
