import { RserpoolError } from '@rserpool/wire';
import type { Clock, TimerHandle } from '../contract/clock.ts';
import { type HeapTimer, TimerHeap } from './timer-heap.ts';

/** Options of {@link createVirtualClock}. */
export interface VirtualClockOptions {
  /** The time at the start, in milliseconds; 0 by default. */
  readonly now?: number;
  /**
   * How many rounds of the microtask queue run before each timer, so that `await` chains of up to that length finish
   * at the time at which they began; 32 by default. More costs time in long simulations.
   */
  readonly settleRounds?: number;
}

/**
 * Time that passes only when told so. Nothing of the host's timers or event loop is involved: between two timers,
 * {@link advance} awaits resolved promises a fixed number of times, so that asynchronous code runs on, always in the
 * same order. Code that waits for real I/O has no place here.
 */
export interface VirtualClock extends Clock {
  /**
   * Lets time pass: runs the timers that become due, in order, and lets microtasks settle after each.
   *
   * @param ms - How long, at least 0.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`, or `ERR_RSERPOOL_INVALID_STATE` while another call of
   *   `advance` or `runUntil` is under way.
   */
  advance(ms: number): Promise<void>;
  /**
   * Lets time pass until something is the case; asked after each timer, and at the start.
   *
   * @param predicate - Whether to stop.
   * @param limitMs - How long at most.
   * @throws RserpoolError `ERR_RSERPOOL_VIRTUAL_TIME_LIMIT` when the time has passed in vain; the same errors as
   *   {@link advance}.
   */
  runUntil(predicate: () => boolean, limitMs: number): Promise<void>;
  /**
   * Lets time pass until a promise is settled.
   *
   * @param promise - The promise.
   * @param limitMs - How long at most.
   * @returns What it came to; it rejects as the promise does.
   * @throws RserpoolError as {@link runUntil} does.
   */
  runUntilSettled<Result>(promise: Promise<Result>, limitMs: number): Promise<Result>;
  /** When the next timer runs, or `undefined` while there is none. */
  nextTimer(): number | undefined;
}

/**
 * Creates a clock in virtual time.
 *
 * @param options - Where to begin, and how long `await` chains may be.
 *
 * @example
 * ```ts
 * import { createVirtualClock } from '@rserpool/transport';
 *
 * const clock = createVirtualClock();
 * clock.setTimer(clock.now() + 1000, () => console.log('a second later'));
 * await clock.advance(1000);
 * ```
 */
export function createVirtualClock(options: VirtualClockOptions = {}): VirtualClock {
  const settleRounds = options.settleRounds ?? 32;
  const timers = new TimerHeap();
  let now = options.now ?? 0;
  let running = false;

  const settle = async (): Promise<void> => {
    for (let round = 0; round < settleRounds; round += 1) await Promise.resolve();
  };

  const run = async (ms: number, isDone: () => boolean): Promise<boolean> => {
    if (!(ms >= 0)) {
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_ARGUMENT',
        `time cannot pass by ${ms} ms; give 0 or more`,
      );
    }
    if (running) {
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_STATE',
        'virtual time is passing already; await the call that is under way first',
      );
    }
    running = true;
    try {
      const end = now + ms;
      await settle();
      while (!isDone()) {
        const next = timers.next();
        if (next === undefined || next > end) {
          now = end;
          return false;
        }
        now = Math.max(now, next);
        timers.takeDue(now)?.callback();
        await settle();
      }
      return true;
    } finally {
      running = false;
    }
  };

  const runUntil = async (predicate: () => boolean, limitMs: number): Promise<void> => {
    if (await run(limitMs, predicate)) return;
    throw new RserpoolError(
      'ERR_RSERPOOL_VIRTUAL_TIME_LIMIT',
      `what was waited for did not happen within ${limitMs} ms of virtual time`,
    );
  };

  return {
    now: () => now,
    setTimer: (at: number, callback: () => void): TimerHandle => timers.add(at, callback),
    clearTimer: (timer: TimerHandle): void => timers.stop(timer as HeapTimer),
    nextTimer: () => timers.next(),
    async advance(ms: number): Promise<void> {
      await run(ms, () => false);
    },
    runUntil,
    async runUntilSettled<Result>(promise: Promise<Result>, limitMs: number): Promise<Result> {
      let isSettled = false;
      const mark = (): void => {
        isSettled = true;
      };
      promise.then(mark, mark);
      await runUntil(() => isSettled, limitMs);
      return await promise;
    },
  };
}
