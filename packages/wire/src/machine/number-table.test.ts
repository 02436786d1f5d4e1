import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NumberTable } from './number-table.ts';

it('holds what a Map holds, whatever comes and goes', () => {
  // Keys that meet at the same place are as likely as consecutive ones.
  const key = fc.oneof(
    fc.nat(40),
    fc.constantFrom(0, 16, 32, 64, 256, 2 ** 31, 2 ** 32, 2 ** 40 + 16, -1, -17),
  );
  const step = fc.record({ key, set: fc.boolean(), value: fc.nat(1000) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const table = new NumberTable<number>();
      const oracle = new Map<number, number>();
      for (const { key: at, set, value } of steps) {
        if (set) {
          table.set(at, value);
          oracle.set(at, value);
        } else {
          expect(table.take(at)).toBe(oracle.get(at));
          oracle.delete(at);
        }
        expect(table.size).toBe(oracle.size);
        expect([table.get(at), table.has(at)]).toEqual([oracle.get(at), oracle.has(at)]);
      }
      for (const [at, value] of oracle) expect(table.get(at)).toBe(value);
      expect(table.values().toSorted((a, b) => a - b)).toEqual(
        [...oracle.values()].toSorted((a, b) => a - b),
      );
    }),
  );
});

it('serves a window of consecutive keys, and shrinks after a burst', () => {
  const table = new NumberTable<string>();
  for (let key = 0; key < 100_000; key++) {
    table.set(key, String(key));
    if (key >= 64) expect(table.take(key - 64)).toBe(String(key - 64));
  }
  for (let key = 100_000; key < 150_000; key++) table.set(key, 'burst');
  for (let key = 100_000; key < 150_000; key++) expect(table.take(key)).toBe('burst');
  expect(table.values()).toHaveLength(64);
  table.clear();
  expect(table.size).toBe(0);
});
