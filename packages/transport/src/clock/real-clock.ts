import type { Clock, TimerHandle } from '../contract/clock.ts';

/** The longest delay that the host's timers take; a longer one is reached in steps. */
const longestDelayMs = 0x7fffffff;

/** Options of {@link createRealClock}. */
export interface RealClockOptions {
  /**
   * Whether a running timer keeps the process alive; false by default, because sockets do and a mere heartbeat should
   * not. Choose true for an owner that waits without a socket, such as one that retries after a pause.
   */
  readonly keepProcessAlive?: boolean;
}

interface RealTimer extends TimerHandle {
  host: ReturnType<typeof setTimeout> | undefined;
}

/**
 * A clock on the host's monotonic time and timers.
 *
 * @param options - Whether its timers keep the process alive.
 */
export function createRealClock(options: RealClockOptions = {}): Clock {
  const keepProcessAlive = options.keepProcessAlive ?? false;
  const arm = (timer: RealTimer, callback: () => void): void => {
    const delay = Math.max(0, Math.ceil(timer.at - performance.now()));
    timer.host = setTimeout(
      () => {
        timer.host = undefined;
        // The host's timers are coarser than its clock and may run a fraction of a millisecond early.
        if (performance.now() < timer.at) arm(timer, callback);
        else callback();
      },
      Math.min(delay, longestDelayMs),
    );
    if (!keepProcessAlive) timer.host.unref();
  };
  return {
    now: () => performance.now(),
    setTimer(at: number, callback: () => void): TimerHandle {
      const timer: RealTimer = { at, host: undefined };
      if (at !== Number.POSITIVE_INFINITY) arm(timer, callback);
      return timer;
    },
    clearTimer(timer: TimerHandle): void {
      const { host } = timer as RealTimer;
      if (host !== undefined) clearTimeout(host);
    },
  };
}

/** The host's clock, whose timers do not keep the process alive. */
export const realClock: Clock = createRealClock();
