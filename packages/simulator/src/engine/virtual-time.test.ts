import { describe, expect, it } from 'vitest';
import { VirtualTime } from './virtual-time.ts';

describe('virtual time', () => {
  it('jumps from one event to the next, and ends where it was told to', () => {
    const time = new VirtualTime();
    const seen: number[] = [];
    for (const at of [30, 10, 20, 50]) time.setTimer(at, () => seen.push(time.now()));
    time.runUntil(40);
    expect(seen).toEqual([10, 20, 30]);
    expect(time.now()).toBe(40);
    expect(time.pending).toBe(1);
    expect(time.events).toBe(3);
  });

  it('lets what is overdue happen as soon as possible, after what is due already', () => {
    const time = new VirtualTime();
    time.runUntil(100);
    const seen: string[] = [];
    time.setTimer(100, () => seen.push('due'));
    time.setTimer(7, () => seen.push('overdue'));
    time.runUntil(100);
    expect(seen).toEqual(['due', 'overdue']);
  });

  it('does not run a timer that was cleared', () => {
    const time = new VirtualTime();
    const seen: string[] = [];
    const timer = time.setTimer(10, () => seen.push('cleared'));
    time.clearTimer(timer);
    time.clearTimer(timer);
    time.runUntil(20);
    expect(seen).toEqual([]);
  });

  it('complains where time stands still although events go on', () => {
    const time = new VirtualTime();
    const again = (): void => {
      time.setTimer(5, again);
    };
    again();
    expect(() => time.runUntil(10)).toThrow(/time does not pass any more at 5 ms/u);
  });
});
