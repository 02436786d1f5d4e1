import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LevelTable } from './level-table.ts';
import { keyField } from './seat-fields.ts';
import { SeatRecords } from './seat-records.ts';

function recordsFor(keys: readonly number[]): SeatRecords {
  const records = new SeatRecords(10);
  records.reserve(keys.length);
  keys.forEach((key, seat) => records.set(seat, keyField, key));
  return records;
}

describe('levels by key', () => {
  it('finds what a map finds, whatever was added, removed and replaced before', () => {
    const key = fc.oneof(fc.nat(50), fc.integer(), fc.maxSafeInteger());
    const keys = fc.uniqueArray(key, { minLength: 1, maxLength: 400, size: 'max' });
    const steps = fc.array(fc.nat(0xffff), { maxLength: 2000, size: 'max' });
    fc.assert(
      fc.property(keys, steps, fc.integer(), (keys, steps, seed) => {
        // Two seats for each key: one can take over from the other.
        const records = recordsFor([...keys, ...keys]);
        const table = new LevelTable(records, seed);
        const leaders = new Map<number, number>();
        for (const step of steps) {
          const index = step % keys.length;
          const key = keys[index]!;
          const leader = leaders.get(key);
          if (leader === undefined) {
            expect(table.find(key)).toBe(-1);
            table.addMissed(index);
            leaders.set(key, index);
          } else if (step % 2 === 0) {
            table.remove(leader, key);
            leaders.delete(key);
          } else {
            const successor = (leader + keys.length) % (2 * keys.length);
            table.replace(leader, key, successor);
            leaders.set(key, successor);
          }
        }
        for (const key of keys) expect(table.find(key)).toBe(leaders.get(key) ?? -1);
      }),
      { numRuns: 50 },
    );
  });

  it('finds tens of thousands of keys, those above 2^32 and below 0 too, and no others', () => {
    const count = 40_000;
    for (const keyOf of [
      (index: number): number => index,
      (index: number): number => -index * 0x10000,
      (index: number): number => index * 2 ** 34,
      (index: number): number => 2 ** 60 + index * 2 ** 20,
    ]) {
      const keys = Array.from({ length: 2 * count }, (_, index) => keyOf(index));
      const table = new LevelTable(recordsFor(keys), 99);
      for (let seat = 0; seat < count; seat++) {
        expect(table.find(keys[seat]!)).toBe(-1);
        table.addMissed(seat);
      }
      for (let seat = 0; seat < count; seat += 2) table.remove(seat, keys[seat]!);
      const found = keys.map((key) => table.find(key));
      expect(found).toEqual(keys.map((_, seat) => (seat < count && seat % 2 === 1 ? seat : -1)));
    }
  });
});
