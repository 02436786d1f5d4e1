import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Schedule, type ScheduledComponent } from './schedule.ts';

/** A component that notes when it is woken. */
class Sleeper implements ScheduledComponent {
  wakePlace = -1;
  readonly #woken: () => void;

  constructor(woken: () => void) {
    this.#woken = woken;
  }

  wake(): boolean {
    this.#woken();
    return true;
  }
}

describe('the schedule of a model', () => {
  it('lets everything happen at its time, as a sorted list would', () => {
    const step = fc.record({ at: fc.nat(50), kind: fc.constantFrom('timer', 'fast', 'slow') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const schedule = new Schedule();
        const lanes = { fast: schedule.lane(3), slow: schedule.lane(20) };
        const seen: number[] = [];
        const expected: number[] = [];
        // A component of its own for each step sends, or is woken, at the step's time.
        for (const { at, kind } of steps) {
          const note = (): void => void seen.push(schedule.now);
          const act = (): void => {
            if (kind === 'timer') note();
            else lanes[kind].send({ arrive: note }, schedule.now);
          };
          schedule.wakeBy(new Sleeper(act), at);
          expected.push(at + (kind === 'timer' ? 0 : lanes[kind].delayMs));
        }
        schedule.runUntil(100);
        expect(seen).toEqual(expected.toSorted((a, b) => a - b));
        expect(schedule.now).toBe(100);
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  it('keeps the order of messages of the same time, and wakes components before them', () => {
    const schedule = new Schedule();
    const lane = schedule.lane(10);
    const seen: string[] = [];
    for (const name of ['first', 'second']) lane.send({ arrive: () => seen.push(name) }, 0);
    schedule.wakeBy(new Sleeper(() => seen.push('timer')), 10);
    schedule.runUntil(10);
    expect(seen).toEqual(['timer', 'first', 'second']);
  });

  it('wakes a component at the earliest time that was asked for, and not once it is forgotten', () => {
    const schedule = new Schedule();
    const seen: number[] = [];
    const sleeper = new Sleeper(() => seen.push(schedule.now));
    schedule.wakeBy(sleeper, 30);
    schedule.wakeBy(sleeper, 20);
    schedule.wakeBy(sleeper, 25);
    schedule.runUntil(50);
    expect(seen).toEqual([20]);
    schedule.wakeBy(sleeper, 60);
    schedule.forget(sleeper);
    schedule.runUntil(100);
    expect(seen).toEqual([20]);
    expect(schedule.events).toBe(1);
  });

  it('complains where time stands still although events go on', () => {
    const schedule = new Schedule();
    const restless: Sleeper = new Sleeper(() => {
      schedule.wakeBy(restless, 0);
    });
    schedule.wakeBy(restless, 0);
    expect(() => {
      schedule.runUntil(1);
    }).toThrow('ERR_RSERPOOL_VIRTUAL_TIME_LIMIT');
  });
});
