import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ElementRecords } from './element-records.ts';
import { ExpiryHeap } from './expiry-heap.ts';

test('gives the earliest element, of equal times the smallest reference, after any sequence of changes', () => {
  const step = fc.record({
    element: fc.nat({ max: 90 }),
    at: fc.option(fc.nat({ max: 60 }), { freq: 2 }),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 100, maxLength: 400 }), (steps) => {
      const records = new ElementRecords();
      while (records.capacity < 128) records.grow();
      const heap = new ExpiryHeap(records);
      const model = new Map<number, number>();
      for (const { element, at } of steps) {
        if (at === null) {
          heap.stop(element);
          model.delete(element);
        } else {
          heap.set(element, at);
          model.set(element, at);
        }
        const sorted = [...model].toSorted((a, b) => a[1] - b[1] || a[0] - b[0]);
        expect(heap.earliest()).toBe(sorted[0]?.[0] ?? -1);
        expect(heap.size).toBe(model.size);
        expect(heap.at(element)).toBe(model.get(element));
      }
      const taken: number[] = [];
      for (let element = heap.earliest(); element !== -1; element = heap.earliest()) {
        taken.push(element);
        heap.stop(element);
      }
      const sorted = [...model].toSorted((a, b) => a[1] - b[1] || a[0] - b[0]);
      expect(taken).toEqual(sorted.map(([element]) => element));
    }),
    { seed: 2, numRuns: 100 },
  );
});
