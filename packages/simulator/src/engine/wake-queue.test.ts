import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Wakeable, WakeQueue } from './wake-queue.ts';

interface Named extends Wakeable {
  readonly name: number;
}

/** The same with a list that is sorted each time. */
class SortedList {
  #entries: { readonly name: number; readonly at: number }[] = [];

  set(name: number, at: number): void {
    this.remove(name);
    this.#entries.push({ name, at });
    // The sort is stable: of equal times the one that was set first stays first.
    this.#entries.sort((one, other) => one.at - other.at);
  }

  remove(name: number): void {
    this.#entries = this.#entries.filter((entry) => entry.name !== name);
  }

  take(): { readonly name: number; readonly at: number } | undefined {
    return this.#entries.shift();
  }

  timeOf(name: number): number {
    return this.#entries.find((entry) => entry.name === name)?.at ?? Infinity;
  }
}

describe('the queue of components to wake', () => {
  it('gives them in the order of their times, and of their setting, as a sorted list would', () => {
    const name = fc.nat(200);
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ type: fc.constant('set' as const), name, at: fc.nat(40) }) },
      { weight: 1, arbitrary: fc.record({ type: fc.constant('remove' as const), name }) },
      { weight: 1, arbitrary: fc.record({ type: fc.constant('take' as const) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400, size: 'max' }), (steps) => {
        const components = Array.from({ length: 201 }, (_, index): Named => ({ name: index, wakePlace: -1 }));
        const of = (index: number): Named => components[index] as Named;
        const queue = new WakeQueue<Named>();
        const list = new SortedList();
        const take = (): void => {
          const at = queue.next;
          const expected = list.take();
          expect([queue.take()?.name, at]).toEqual([expected?.name, expected?.at ?? Infinity]);
        };
        for (const action of steps) {
          if (action.type === 'take') take();
          else if (action.type === 'set') {
            queue.set(of(action.name), action.at);
            list.set(action.name, action.at);
          } else {
            queue.remove(of(action.name));
            list.remove(action.name);
          }
        }
        for (const component of components) expect(queue.timeOf(component)).toBe(list.timeOf(component.name));
        for (const _ of components) take();
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
