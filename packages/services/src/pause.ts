import type { Clock } from '@rserpool/transport';

/**
 * Waits; other work goes on meanwhile, also where the time is 0.
 *
 * @param clock - The clock.
 * @param ms - How long, at least 0.
 * @param signal - Ends the wait; the promise is rejected with its reason.
 */
export async function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  let giveUp: (() => void) | undefined;
  await new Promise<void>((resolve) => {
    const timer = clock.setTimer(clock.now() + ms, resolve);
    giveUp = (): void => {
      clock.clearTimer(timer);
      resolve();
    };
    signal?.addEventListener('abort', giveUp, { once: true });
  });
  if (giveUp !== undefined) signal?.removeEventListener('abort', giveUp);
  signal?.throwIfAborted();
}
