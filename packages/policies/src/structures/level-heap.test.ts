import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LevelHeap } from './level-heap.ts';
import { levelWord } from './seat-fields.ts';
import { SelectionStore } from './selection-store.ts';

function heapFor(seats: number): { heap: LevelHeap; positionOf: (seat: number) => number } {
  const store = new SelectionStore();
  store.records.reserve(seats);
  const { words, shift, mask } = store.records;
  const positionOf = (seat: number): number => words[seat >> shift]![((seat & mask) << 4) + levelWord]!;
  return { heap: new LevelHeap(store), positionOf };
}

describe('levels in order', () => {
  it('walks over what sorting lists, for any number of levels', () => {
    const levels = fc.uniqueArray(fc.integer({ min: -100, max: 900 }), {
      minLength: 1,
      maxLength: 300,
      size: 'max',
    });
    const leaving = fc.array(fc.nat(300), { maxLength: 200 });
    fc.assert(
      fc.property(levels, leaving, fc.constantFrom(1, 2, 4, 15, 16, 17, 300), (keys, leaving, count) => {
        const { heap, positionOf } = heapFor(2 * keys.length);
        const seats = new Map(keys.map((key, seat) => [key, seat]));
        keys.forEach((key, seat) => heap.add(seat, key));
        for (const index of leaving) {
          const seat = seats.get(keys[index % keys.length]!);
          if (seat === undefined || seats.size === 1) continue;
          heap.removeAt(positionOf(seat));
          seats.delete(keys[index % keys.length]!);
        }
        const expected = [...seats].sort(([a], [b]) => a - b).map(([, seat]) => seat);
        const walked = [heap.top];
        const length = Math.min(count, expected.length);
        heap.startWalk(length);
        while (walked.length < length) walked.push(heap.walk(length - walked.length - 1));
        expect(walked).toEqual(expected.slice(0, length));
        expect(heap.size).toBe(expected.length);
      }),
      { numRuns: 200 },
    );
  });

  it('is led by another seat where one took over', () => {
    const { heap, positionOf } = heapFor(100);
    for (let seat = 0; seat < 50; seat++) heap.add(seat, (seat * 7) % 50);
    for (let seat = 0; seat < 50; seat++) heap.replaceAt(positionOf(seat), seat + 50);
    for (let key = 0; key < 50; key++) {
      expect(((heap.top - 50) * 7) % 50).toBe(key);
      heap.removeAt(0);
    }
    expect([heap.size, heap.top]).toEqual([0, -1]);
  });
});
