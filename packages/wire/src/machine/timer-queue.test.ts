import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type QueuedTimer, stoppedTimer } from './queued-timer.ts';
import { TimerQueue } from './timer-queue.ts';

interface Owner extends QueuedTimer {
  readonly number: number;
}

const owners = 60;

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('set'), number: fc.nat(owners - 1), ms: fc.nat(300) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('stop'), number: fc.nat(owners - 1), ms: fc.nat(0) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('take'), number: fc.nat(0), ms: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear'), number: fc.nat(30), ms: fc.nat(0) }) },
);

describe('the queue of timers', () => {
  it('does what a plain list does, with few timers in order or with all', () => {
    const property = fc.property(
      fc.constantFrom(0, 1, 5, 1000),
      fc.array(step, { minLength: 100, maxLength: 400 }),
      (ordered, steps) => {
        const queue = new TimerQueue<Owner>(ordered);
        const all = Array.from({ length: owners }, (_, number): Owner => ({ number, ...stoppedTimer() }));
        let list: { number: number; at: number }[] = [];
        const without = (number: number) => list.filter((timer) => timer.number !== number);
        // The sort is stable: of equal timers the one that was set first comes first.
        const first = () => list.toSorted((left, right) => left.at - right.at)[0];
        let now = 0;
        for (const { do: what, number, ms } of steps) {
          const owner = all[number] as Owner;
          if (what === 'set') {
            queue.set(owner, now + ms);
            list = [...without(number), { number, at: now + ms }];
          } else if (what === 'stop') {
            queue.stop(owner);
            list = without(number);
          } else if (what === 'take') {
            now += ms;
            for (let due = first(); due !== undefined && due.at <= now; due = first()) {
              expect(queue.takeExpired(now)?.number).toBe(due.number);
              list = without(due.number);
            }
            expect(queue.takeExpired(now)).toBeUndefined();
          } else if (number === 0) {
            queue.clear();
            list = [];
          }
          expect([queue.next(), queue.size]).toEqual([first()?.at, list.length]);
        }
        const running = all.filter(({ timerPlace }) => timerPlace >= 0).map(({ number }) => number);
        expect(running).toEqual(list.map(({ number }) => number).toSorted((left, right) => left - right));
      },
    );
    fc.assert(property, { seed: 5352, numRuns: 300 });
  });

  it('takes many timers in the order of their times, however far off', () => {
    const queue = new TimerQueue<Owner>();
    const times = Array.from({ length: 20_000 }, (_, number) => (number * 7919) % 30_011);
    for (const [number, at] of times.entries()) queue.set({ number, ...stoppedTimer() }, at);
    const taken: number[] = [];
    for (let owner = queue.takeExpired(Infinity); owner !== undefined; owner = queue.takeExpired(Infinity)) {
      taken.push(owner.timerAt);
    }
    expect(taken).toEqual(times.toSorted((left, right) => left - right));
  });
});
