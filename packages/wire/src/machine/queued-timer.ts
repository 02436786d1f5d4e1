/** Something with a timer: whoever owns it keeps the fields, and only the {@link TimerQueue} writes them. */
export interface QueuedTimer {
  /** When the timer expires, in milliseconds on the caller's clock; of no meaning while it does not run. */
  timerAt: number;
  /** Orders timers of the same time as they were set. */
  timerOrder: number;
  /** Its place in the queue, -1 while the timer does not run. */
  timerPlace: number;
}

/** The fields of something whose timer does not run. */
export function stoppedTimer(): QueuedTimer {
  return { timerAt: 0, timerOrder: 0, timerPlace: -1 };
}
