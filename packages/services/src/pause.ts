import type { Clock } from '@rserpool/transport';

/**
 * Waits; other work goes on meanwhile, also where the time is 0.
 *
 * @param clock - The clock.
 * @param ms - How long, at least 0.
 */
export async function pause(clock: Clock, ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    clock.setTimer(clock.now() + ms, resolve);
  });
}
