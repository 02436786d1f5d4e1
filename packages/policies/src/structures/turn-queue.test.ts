import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NaiveTurns } from '../testing/naive-turns.fixture.ts';
import { seededRandom } from '../testing/seeded-random.fixture.ts';
import { SelectionStore } from './selection-store.ts';
import { TurnQueue } from './turn-queue.ts';

function queueIn(store: SelectionStore = new SelectionStore()): TurnQueue {
  return new TurnQueue(store, seededRandom(3));
}

/** What is written, without what lies behind it. */
function taken(queue: TurnQueue, count: number, maximum: number): number[] {
  const into: number[] = [];
  queue.take(count, maximum, into);
  return into;
}

type Operation = readonly ['enter' | 'leave' | 'change' | 'putBehind' | 'take' | 'list', number, number];

const operation: fc.Arbitrary<Operation> = fc.tuple(
  fc.constantFrom('enter', 'enter', 'leave', 'change', 'putBehind', 'take', 'list'),
  fc.nat(400),
  fc.nat(0xffff),
);

/** From all seats in one level to hardly two in the same; negative keys, and sums of several 32-bit numbers too. */
const keyings: Record<string, (value: number) => number> = {
  'one key': () => 7,
  'a few keys': (value) => value % 5,
  'some dozen keys': (value) => -((value % 40) * 100_000_000),
  'many keys': (value) => value * 0x10001 * 0x10001,
};

/** Does the same with both, and compares what they answer. */
function replay(
  operations: readonly Operation[],
  seats: number,
  keyOf: (value: number) => number,
  queue: TurnQueue,
): void {
  const naive = new NaiveTurns();
  for (const [kind, chosen, value] of operations) {
    const seat = chosen % seats;
    const key = keyOf(value);
    const count = Math.min(1 + (value % 3 === 0 ? chosen : value % 9), naive.size);
    if (kind === 'enter' && !naive.has(seat)) {
      queue.add(seat, key);
      naive.add(seat, key);
    } else if (kind === 'take') {
      const maximum = 1 + (chosen % 4) * (chosen % 3);
      expect(taken(queue, count, maximum)).toEqual(naive.take(count, maximum));
    } else if (kind === 'list') {
      const into: number[] = [];
      const equals = queue.list(count, into);
      expect(into).toEqual(naive.list(count));
      expect(equals).toBe(into.filter((each) => naive.keyOf(each) === naive.keyOf(into[0]!)).length);
    } else if (naive.has(seat) && kind !== 'enter') {
      const isSame = naive.keyOf(seat) === key;
      if (kind === 'leave') queue.remove(seat);
      else queue[kind](seat, key);
      if (kind === 'change' && isSame) continue;
      naive.remove(seat);
      if (kind !== 'leave') naive.add(seat, key);
    }
    expect(queue.size).toBe(naive.size);
  }
  expect(taken(queue, naive.size, 1)).toEqual(naive.take(naive.size, 1));
}

describe.each(Object.entries(keyings))(
  'seats in turn, against a list that is sorted anew: %s',
  (_, keyOf) => {
    it.each([10, 60, 400])('%i seats', (seats) => {
      fc.assert(
        fc.property(fc.array(operation, { maxLength: 12 * seats, size: 'max' }), (operations) => {
          replay(operations, seats, keyOf, queueIn());
        }),
        { numRuns: seats > 100 ? 8 : 40 },
      );
    });
  },
);

describe('seats in turn', () => {
  it('pass from the run to levels and back without losing a turn', () => {
    const queue = queueIn();
    const naive = new NaiveTurns();
    const check = (): void => expect(taken(queue, naive.size, 1)).toEqual(naive.take(naive.size, 1));
    for (const most of [200, 60]) {
      for (let seat = 0; seat < most; seat++) {
        queue.add(seat, seat % 3);
        naive.add(seat, seat % 3);
        check();
      }
      for (let seat = 0; seat < most; seat++) {
        queue.remove(seat);
        naive.remove(seat);
        check();
      }
    }
  });

  it('of many pools in one store do not disturb one another', () => {
    const store = new SelectionStore({ isShared: true });
    const queues = [5, 40, 100, 1000].map((size) => ({
      size,
      queue: queueIn(store),
      naive: new NaiveTurns(),
    }));
    for (let step = 0; step < 1000; step++) {
      queues.forEach(({ size, queue, naive }, pool) => {
        const seat = step * queues.length + pool;
        if (naive.size === size) {
          const [oldest] = naive.list(1);
          queue.remove(oldest!);
          naive.remove(oldest!);
        }
        queue.add(seat, step % 7);
        naive.add(seat, step % 7);
        expect(taken(queue, Math.min(3, naive.size), 1)).toEqual(naive.take(3, 1));
      });
    }
  });
});
