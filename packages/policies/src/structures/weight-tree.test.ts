import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WeightTree } from './weight-tree.ts';

describe('tree of weights', () => {
  it('finds the seat that counting along the weights finds', () => {
    const weight = fc.oneof(fc.constant(0), fc.nat(5), fc.nat(0xffffffff));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(70), weight), { maxLength: 200 }), fc.nat(999), (steps, part) => {
        const tree = new WeightTree();
        const model = new Array<number>(71).fill(0);
        for (const [seat, weight] of steps) {
          tree.set(seat, weight);
          model[seat] = weight;
        }
        const total = model.reduce((sum, weight) => sum + weight, 0);
        expect(tree.total).toBe(total);
        model.forEach((weight, seat) => expect(tree.weightOf(seat)).toBe(weight));
        let start = 0;
        model.forEach((weight, seat) => {
          if (weight > 0) {
            expect(tree.seatAt(start)).toBe(seat);
            expect(tree.seatAt(start + Math.floor(((weight - 1) * part) / 999))).toBe(seat);
            expect(tree.seatAt(start + weight - 1)).toBe(seat);
          }
          start += weight;
        });
      }),
    );
  });

  it('is exact up to sums of 2^53, and refuses more', () => {
    const tree = new WeightTree();
    const seats = 2 ** 21;
    for (let seat = 0; seat < seats; seat++) tree.set(seat, 0xffffffff);
    expect(tree.total).toBe(seats * 0xffffffff);
    expect(tree.seatAt(tree.total - 1)).toBe(seats - 1);
    expect(tree.seatAt(0xffffffff * 1_000_000)).toBe(1_000_000);
    expect(tree.seatAt(0xffffffff * 1_000_000 - 1)).toBe(999_999);
    expect(() => tree.ensureRoomFor(2 ** 21 - 1)).not.toThrow();
    expect(() => tree.ensureRoomFor(2 ** 21)).toThrow('ERR_RSERPOOL_WEIGHT_SUM_TOO_LARGE');
  });
});
