import { describe, expect, it, vi } from 'vitest';
import { createRealClock, realClock } from './real-clock.ts';

describe('real clock', () => {
  it('runs a timer at its time and not before, and not inside the call', async () => {
    const clock = createRealClock({ keepProcessAlive: true });
    const at = clock.now() + 3;
    let isInside = true;
    const ranAt = await new Promise<number>((resolve) => {
      clock.setTimer(at, () => {
        expect(isInside).toBe(false);
        resolve(clock.now());
      });
      isInside = false;
    });
    expect(ranAt).toBeGreaterThanOrEqual(at);
  });

  it('does not run a timer that was stopped', async () => {
    const clock = createRealClock({ keepProcessAlive: true });
    const ran: string[] = [];
    const at = clock.now() + 1;
    const stopped = clock.setTimer(at, () => ran.push('stopped'));
    clock.clearTimer(stopped);
    await new Promise<void>((resolve) => {
      clock.setTimer(at + 1, resolve);
    });
    clock.clearTimer(stopped);
    expect(ran).toEqual([]);
  });

  it('does not go back when the time of day is set back', () => {
    const before = realClock.now();
    const day = vi.spyOn(Date, 'now').mockReturnValue(0);
    try {
      expect(realClock.now()).toBeGreaterThanOrEqual(before);
    } finally {
      day.mockRestore();
    }
  });

  it('takes times beyond what the host can wait for', () => {
    for (const at of [Number.POSITIVE_INFINITY, realClock.now() + 2 ** 40]) {
      const timer = realClock.setTimer(at, () => undefined);
      expect(timer.at).toBe(at);
      realClock.clearTimer(timer);
    }
  });
});
