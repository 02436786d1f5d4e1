import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binCount, binOf, binStart } from './weight-bins.ts';

const anyWeight = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 0xffffffff }));

describe('bins of weights', () => {
  it('hold one weight below 128, and weights up to a 64th apart above', () => {
    for (let weight = 1; weight < 128; weight++) expect(binStart(weight)).toBe(weight);
    fc.assert(
      fc.property(anyWeight, (weight) => {
        expect(binStart(weight)).toBeLessThanOrEqual(weight);
        expect(weight).toBeLessThan(binStart(weight) * (1 + 1 / 64) + (weight < 128 ? 1 : 0));
        expect(binOf(binStart(weight))).toBe(binOf(weight));
      }),
    );
  });

  it('are the same exactly for weights of the same start, and within their number', () => {
    fc.assert(
      fc.property(anyWeight, anyWeight, (left, right) => {
        expect(binOf(left) === binOf(right)).toBe(binStart(left) === binStart(right));
        expect(binOf(left)).toBeGreaterThan(0);
        expect(binOf(left)).toBeLessThan(binCount);
      }),
    );
    expect(binOf(0xffffffff)).toBe(binCount - 1);
  });
});
