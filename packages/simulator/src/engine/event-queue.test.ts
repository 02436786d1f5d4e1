import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue, SimulatedEvent } from './event-queue.ts';

class Numbered extends SimulatedEvent {
  readonly number: number;

  constructor(number: number) {
    super();
    this.number = number;
  }

  run(): void {}
}

describe('the queue of events', () => {
  it('gives what a sorted list gives: by time, then in the order of adding, without what was called off', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('add' as const), due: fc.nat(40) }),
      fc.record({ do: fc.constant('add' as const), due: fc.nat(40) }),
      fc.record({ do: fc.constant('cancel' as const), which: fc.nat(400) }),
      fc.record({ do: fc.constant('take' as const), until: fc.nat(40) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 1500, size: 'max' }), (steps) => {
        const queue = new EventQueue();
        const events: Numbered[] = [];
        let list: { number: number; due: number }[] = [];
        for (const each of steps) {
          if (each.do === 'add') {
            const event = new Numbered(events.length);
            events.push(event);
            queue.add(event, each.due);
            list.push({ number: event.number, due: each.due });
          } else if (each.do === 'cancel') {
            const event = events[each.which % Math.max(events.length, 1)];
            if (event === undefined) continue;
            queue.cancel(event);
            list = list.filter(({ number }) => number !== event.number);
          } else {
            const [first] = list.toSorted((a, b) => a.due - b.due || a.number - b.number);
            const expected = first !== undefined && first.due <= each.until ? first.number : undefined;
            expect((queue.take(each.until) as Numbered | undefined)?.number).toBe(expected);
            list = list.filter(({ number }) => number !== expected);
          }
          expect(queue.size).toBe(list.length);
        }
      }),
      { seed: 9, numRuns: 60 },
    );
  });
});
