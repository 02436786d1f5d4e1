import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyedHeap } from './keyed-heap.ts';

interface Entry {
  seat: number;
  key: number;
  age: number;
}

function sorted(model: Map<number, Entry>): number[] {
  return [...model.values()].sort((a, b) => a.key - b.key || a.age - b.age).map(({ seat }) => seat);
}

describe('heap with keys and ages', () => {
  it('lists what sorting lists, whatever entered and left before', () => {
    const step = fc.tuple(fc.constantFrom('add', 'add', 'remove'), fc.nat(60), fc.nat(6));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 250 }), fc.nat(70), (steps, count) => {
        const heap = new KeyedHeap();
        const model = new Map<number, Entry>();
        steps.forEach(([kind, seat, key], age) => {
          if (kind === 'remove' && model.delete(seat)) heap.remove(seat);
          else if (kind === 'add' && !model.has(seat)) heap.add(seat, key, age);
          else return;
          if (kind !== 'remove') model.set(seat, { seat, key, age });
        });
        const expected = sorted(model);
        const into = [-5];
        expect(heap.list(count, into, 1)).toBe(Math.min(count, expected.length));
        expect(into).toEqual([-5, ...expected.slice(0, count)]);
        expect(heap.size).toBe(expected.length);
        for (let seat = 0; seat <= 60; seat++) expect(heap.has(seat)).toBe(model.has(seat));
        for (const entry of model.values()) {
          expect([heap.keyOf(entry.seat), heap.ageOf(entry.seat)]).toEqual([entry.key, entry.age]);
        }
        while (expected.length > 0) {
          expect(heap.top).toBe(expected.shift());
          heap.remove(heap.top);
        }
      }),
    );
  });

  it('decides among equal keys by rank before age, where there are ranks', () => {
    const heap = new KeyedHeap();
    [5, 3, 5, 3, 1].forEach((rank, seat) => heap.add(seat, 7, seat, rank));
    heap.add(5, 6, 99, 9);
    const into: number[] = [];
    heap.list(6, into);
    expect(into).toEqual([5, 4, 1, 3, 0, 2]);
  });

  it('keeps its order when all keys are shifted', () => {
    const heap = new KeyedHeap();
    for (let seat = 0; seat < 20; seat++) heap.add(seat, (seat * 7) % 20, seat);
    const before: number[] = [];
    heap.list(20, before);
    heap.shift(-5);
    const after: number[] = [];
    heap.list(20, after);
    expect(after).toEqual(before);
    expect(heap.keyOf(heap.top)).toBe(-5);
  });
});
