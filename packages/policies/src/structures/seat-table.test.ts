import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeatTable } from './seat-table.ts';

describe('seats of slots', () => {
  it('stay the same, are distinct and dense while slots come and go', () => {
    const slot = fc.oneof(
      fc.nat(40),
      fc.nat(0x7fffffff),
      fc.nat(60).map((part) => part << 24),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(slot, fc.boolean()), { maxLength: 400 }), (steps) => {
        const table = new SeatTable();
        const model = new Map<number, number>();
        let most = 0;
        for (const [slot, leaves] of steps) {
          if (model.has(slot) && leaves) {
            expect(table.release(slot)).toBe(model.get(slot));
            model.delete(slot);
          } else if (!model.has(slot)) {
            const seat = table.claim(slot);
            expect([...model.values()]).not.toContain(seat);
            model.set(slot, seat);
          }
          most = Math.max(most, model.size);
          expect(table.size).toBe(model.size);
        }
        for (const [slot, seat] of model) {
          expect(seat).toBeLessThan(most);
          expect(table.seatOf(slot)).toBe(seat);
          expect(table.slotAt(seat)).toBe(slot);
        }
        for (const [slot] of steps) expect(table.seatOf(slot) >= 0).toBe(model.has(slot));
      }),
    );
  });

  it('are found among many', () => {
    const table = new SeatTable();
    for (let slot = 0; slot < 5000; slot++) table.claim(slot * 7919);
    for (let slot = 0; slot < 5000; slot += 2) table.release(slot * 7919);
    for (let slot = 0; slot < 5000; slot++) expect(table.seatOf(slot * 7919) >= 0).toBe(slot % 2 === 1);
  });

  it('are given for 31-bit integers only', () => {
    for (const slot of [-1, 0.5, Number.NaN, 2 ** 31, Infinity]) {
      expect(() => new SeatTable().claim(slot)).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
      expect(new SeatTable().seatOf(slot)).toBe(-1);
    }
    expect(new SeatTable().claim(2 ** 31 - 1)).toBe(0);
  });
});
