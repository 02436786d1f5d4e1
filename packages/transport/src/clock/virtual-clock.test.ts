import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVirtualClock } from './virtual-clock.ts';

describe('virtual clock', () => {
  it('runs timers in the order of their times, and of their setting where the times are equal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ at: fc.nat(50), stop: fc.boolean() })), async (timers) => {
        const clock = createVirtualClock();
        const ran: number[] = [];
        const handles = timers.map(({ at }, index) => clock.setTimer(at, () => ran.push(index)));
        for (const [index, handle] of handles.entries()) if (timers[index]?.stop) clock.clearTimer(handle);
        await clock.advance(50);
        const expected = timers
          .map(({ at, stop }, index) => ({ at, stop, index }))
          .filter(({ stop }) => !stop)
          .sort((a, b) => a.at - b.at || a.index - b.index)
          .map(({ index }) => index);
        expect(ran).toEqual(expected);
        expect(clock.nextTimer()).toBe(undefined);
      }),
    );
  });

  it('lets asynchronous code run on at the time at which it was woken', async () => {
    const clock = createVirtualClock({ now: 100 });
    const times: number[] = [];
    const sleep = (ms: number): Promise<void> =>
      new Promise((resolve) => {
        clock.setTimer(clock.now() + ms, resolve);
      });
    const run = async (): Promise<void> => {
      for (const ms of [5, 10, 15]) {
        await sleep(ms);
        times.push(clock.now());
      }
    };
    const done = run();
    await clock.advance(29);
    expect(times).toEqual([105, 115]);
    expect(clock.now()).toBe(129);
    await clock.advance(1);
    await done;
    expect(times).toEqual([105, 115, 130]);
  });

  it('runs until something is the case, and says when it never is', async () => {
    const clock = createVirtualClock();
    let isDone = false;
    clock.setTimer(70, () => {
      isDone = true;
    });
    await clock.runUntil(() => isDone, 100);
    expect(clock.now()).toBe(70);
    await expect(clock.runUntil(() => false, 100)).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_VIRTUAL_TIME_LIMIT',
    });
    expect(clock.now()).toBe(170);
  });

  it('runs until a promise is settled, and gives what it came to', async () => {
    const clock = createVirtualClock();
    const sleep = (ms: number): Promise<number> =>
      new Promise((resolve) => {
        clock.setTimer(clock.now() + ms, () => resolve(ms));
      });
    const fail = async (ms: number): Promise<never> => {
      await sleep(ms);
      throw new RangeError('out of range');
    };
    await expect(clock.runUntilSettled(sleep(30), 100)).resolves.toBe(30);
    expect(clock.now()).toBe(30);
    await expect(clock.runUntilSettled(fail(40), 100)).rejects.toThrow('out of range');
    expect(clock.now()).toBe(70);
    await expect(clock.runUntilSettled(sleep(200), 100)).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_VIRTUAL_TIME_LIMIT',
    });
  });

  it('does not let time pass twice at once, or backwards', async () => {
    const clock = createVirtualClock();
    const first = clock.advance(10);
    await expect(clock.advance(10)).rejects.toMatchObject({ code: 'ERR_RSERPOOL_INVALID_STATE' });
    await first;
    await expect(clock.advance(-1)).rejects.toMatchObject({ code: 'ERR_RSERPOOL_INVALID_ARGUMENT' });
    expect(clock.now()).toBe(10);
  });

  it('keeps the order when many timers are set and stopped', async () => {
    const clock = createVirtualClock();
    const ran: number[] = [];
    for (let round = 0; round < 2000; round += 1) {
      const stopped = clock.setTimer(2000 - round, () => ran.push(-1));
      if (round % 10 === 0) clock.setTimer(2000 - round, () => ran.push(2000 - round));
      clock.clearTimer(stopped);
      clock.clearTimer(stopped);
    }
    await clock.advance(2000);
    expect(ran).toEqual(Array.from({ length: 200 }, (_, index) => 10 * (index + 1)));
  });
});
