import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimerTable } from './timer-table.ts';

/** The naive table: a list in the order of setting. */
class ListOfTimers {
  #timers: { name: string; at: number }[] = [];

  set(name: string, at: number): void {
    this.stop(name);
    this.#timers.push({ name, at });
  }

  stop(name: string): void {
    this.#timers = this.#timers.filter((timer) => timer.name !== name);
  }

  clear(): void {
    this.#timers = [];
  }

  get(name: string): number | undefined {
    return this.#timers.find((timer) => timer.name === name)?.at;
  }

  next(): number | undefined {
    return this.#first()?.at;
  }

  takeExpired(now: number): string | undefined {
    const first = this.#first();
    if (first === undefined || first.at > now) return undefined;
    this.stop(first.name);
    return first.name;
  }

  #first(): { name: string; at: number } | undefined {
    // The sort is stable: of equal timers the one that was set first comes first.
    return this.#timers.toSorted((left, right) => left.at - right.at)[0];
  }
}

const name = fc.integer({ min: 0, max: 40 }).map((number) => `T${number}`);
const time = fc.integer({ min: 0, max: 60 });
const step = fc.oneof(
  fc.record({ do: fc.constant('set' as const), name, time }),
  fc.record({ do: fc.constant('set' as const), name, time }),
  fc.record({ do: fc.constant('stop' as const), name }),
  fc.record({ do: fc.constant('take' as const), time: fc.integer({ min: 0, max: 12 }) }),
  fc.record({ do: fc.constant('clear' as const), unlikely: fc.nat({ max: 30 }) }),
);

describe('the table of timers', () => {
  it('does what a plain list does', () => {
    const property = fc.property(fc.array(step, { minLength: 60, maxLength: 200 }), (steps) => {
      const table = new TimerTable();
      const list = new ListOfTimers();
      for (const each of steps) {
        if (each.do === 'set') {
          table.set(each.name, each.time);
          list.set(each.name, each.time);
        } else if (each.do === 'stop') {
          table.stop(each.name);
          list.stop(each.name);
        } else if (each.do === 'take') {
          expect(table.takeExpired(each.time)).toBe(list.takeExpired(each.time));
        } else if (each.unlikely === 0) {
          table.clear();
          list.clear();
        }
        expect(table.next()).toBe(list.next());
      }
      for (let number = 0; number <= 40; number++) {
        expect(table.get(`T${number}`)).toBe(list.get(`T${number}`));
      }
      for (;;) {
        const taken = table.takeExpired(100);
        expect(taken).toBe(list.takeExpired(100));
        if (taken === undefined) break;
      }
    });
    fc.assert(property, { seed: 5352, numRuns: 1000 });
  });

  it('has no timer due before its time', () => {
    const table = new TimerTable<'T1' | 'T2'>();
    table.set('T1', 10);
    expect(table.takeExpired(9.999)).toBeUndefined();
    expect(table.takeExpired(10)).toBe('T1');
    expect(table.takeExpired(10)).toBeUndefined();
    expect(table.next()).toBeUndefined();
  });

  it('takes a restarted timer behind the ones that were set meanwhile', () => {
    const table = new TimerTable();
    table.set('a', 5);
    table.set('b', 5);
    table.set('a', 5);
    expect([table.takeExpired(5), table.takeExpired(5)]).toEqual(['b', 'a']);
  });
});
