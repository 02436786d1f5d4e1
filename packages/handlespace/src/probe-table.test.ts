import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProbeTable } from './probe-table.ts';

function placeOf(table: ProbeTable, hash: number, value: number): number {
  for (let place = table.first(hash); place !== -1; place = table.next(place)) {
    if (table.valueAt(place) === value) return place;
  }
  return -1;
}

test('finds what was inserted and not removed, with colliding and wrapping hashes, across growth', () => {
  // Few distinct hashes at the end of the table make long runs that wrap around.
  const hash = fc.oneof(fc.constantFrom(-1, -2, -3, 29, 30, 31, 0), fc.integer());
  const step = fc.record({ remove: fc.boolean(), hash, pick: fc.nat() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const table = new ProbeTable();
      const model: { hash: number; value: number }[] = [];
      const gone: { hash: number; value: number }[] = [];
      steps.forEach((next, value) => {
        if (next.remove && model.length > 0) {
          const [victim] = model.splice(next.pick % model.length, 1);
          if (victim === undefined) return;
          table.remove(victim.hash, victim.value);
          gone.push(victim);
        } else {
          table.insert(next.hash, value, value >> 2, ~value);
          model.push({ hash: next.hash, value });
        }
        expect(table.size).toBe(model.length);
        for (const entry of model) {
          expect(placeOf(table, entry.hash, entry.value)).not.toBe(-1);
          expect(table.find(entry.hash, entry.value >> 2, ~entry.value)).toBe(entry.value);
          expect(table.find(entry.hash, entry.value >> 2, entry.value)).toBe(-1);
        }
        for (const entry of gone) {
          expect(placeOf(table, entry.hash, entry.value)).toBe(-1);
          expect(table.find(entry.hash, entry.value >> 2, ~entry.value)).toBe(-1);
        }
      });
    }),
    { seed: 1, numRuns: 100 },
  );
});

test('offers only candidates with the hash searched for', () => {
  const table = new ProbeTable();
  table.insert(5, 1, 0, 0);
  table.insert(5 + 32, 2, 0, 0);
  table.insert(5, 3, 0, 0);
  const found: number[] = [];
  for (let place = table.first(5); place !== -1; place = table.next(place)) found.push(table.valueAt(place));
  expect(found).toEqual([1, 3]);
});
