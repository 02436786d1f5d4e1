import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../engine/virtual-time.ts';
import { ProcessClock } from './process-clock.ts';

const setUp = (
  offset = 0,
): { time: VirtualTime; clock: ProcessClock; seen: string[]; set: (at: number) => void } => {
  const time = new VirtualTime();
  const clock = new ProcessClock(time, offset);
  const seen: string[] = [];
  const set = (at: number): void => {
    clock.setTimer(at, () => seen.push(`${at}@${time.now()}`));
  };
  return { time, clock, seen, set };
};

describe('the clock of a process', () => {
  it('lets timers wait while the process is stopped, and run in order when it goes on', () => {
    const { time, clock, seen, set } = setUp();
    for (const at of [10, 30, 20, 90]) set(at);
    clock.hold();
    time.runUntil(50);
    expect(seen).toEqual([]);
    clock.release();
    time.runUntil(100);
    expect(seen).toEqual(['10@50', '20@50', '30@50', '90@90']);
    expect(clock.timers).toBe(0);
  });

  it('runs no timer of a dead process, and none that was cleared while it was stopped', () => {
    const { time, clock, seen, set } = setUp();
    const timer = clock.setTimer(10, () => seen.push('cleared'));
    clock.hold();
    time.runUntil(20);
    clock.clearTimer(timer);
    clock.release();
    set(30);
    time.runUntil(25);
    clock.stop();
    set(40);
    time.runUntil(100);
    expect(seen).toEqual([]);
  });

  it('runs timers so much later when it is set back, and none before its time on it', () => {
    const { time, clock, seen, set } = setUp();
    for (const at of [10, 60]) set(at);
    time.runUntil(20);
    clock.jump(-15);
    expect(clock.now()).toBe(5);
    set(10);
    time.runUntil(100);
    expect(seen).toEqual(['10@10', '10@25', '60@75']);
  });

  it('runs what is due at once when it jumps, and never anything before its time on it', () => {
    const { time, clock, seen, set } = setUp();
    for (const at of [10, 60, 100]) set(at);
    time.runUntil(5);
    clock.jump(50);
    time.runUntil(20);
    expect(seen).toEqual(['10@5', '60@10']);
    const odd = setUp(0.1 + 0.2);
    for (let index = 1; index < 500; index += 1) {
      const at = index * 0.7 + 1 / 3;
      odd.clock.setTimer(at, () => {
        if (odd.clock.now() < at) odd.seen.push(`${at} too early`);
      });
    }
    odd.clock.jump(1e6 / 7);
    odd.time.runUntil(1000);
    expect(odd.seen).toEqual([]);
    expect(odd.clock.timers).toBe(0);
  });
});
