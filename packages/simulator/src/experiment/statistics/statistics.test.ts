import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from './compare.ts';
import { estimate } from './estimate.ts';
import { centralProbability, studentT95 } from './student-t.ts';

describe("Student's t distribution", () => {
  it.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [4, 2.776],
    [5, 2.571],
    [10, 2.228],
    [23, 2.069],
    [30, 2.042],
    [49, 2.01],
    [120, 1.98],
    [1000, 1.962],
  ])('has the 97.5 %% quantile that tables print for %i degrees of freedom', (degrees, quantile) => {
    expect(studentT95(degrees)).toBeCloseTo(quantile, 3);
  });

  it('has the density whose integral the probability is', () => {
    // The density up to its constant, by Simpson's rule: an oracle that shares nothing with the finite sum.
    const weight = (t: number, degrees: number): number => (1 + (t * t) / degrees) ** (-(degrees + 1) / 2);
    const integral = (to: number, degrees: number): number => {
      const steps = 4000;
      const width = to / steps;
      let sum = weight(0, degrees) + weight(to, degrees);
      for (let index = 1; index < steps; index += 1) {
        sum += (index % 2 === 1 ? 4 : 2) * weight(index * width, degrees);
      }
      return (sum * width) / 3;
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 60 }),
        fc.double({ min: 0.05, max: 8, noNaN: true }),
        (degrees, t) => {
          const ratio = centralProbability(t, degrees) / centralProbability(1, degrees);
          expect(ratio).toBeCloseTo(integral(t, degrees) / integral(1, degrees), 6);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('an estimate', () => {
  it('is the mean with the interval of the textbook', () => {
    // Standard deviation of 2, 4, 4, 4, 5, 5, 7, 9 is sqrt(32 / 7); t for 7 degrees of freedom is 2.3646.
    const { mean, halfWidth, runs } = estimate([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(mean).toBe(5);
    expect(runs).toBe(8);
    expect(halfWidth).toBeCloseTo((2.3646 * Math.sqrt(32 / 7)) / Math.sqrt(8), 3);
  });

  it('knows no interval from one run, and leaves out runs without a value', () => {
    expect(estimate([3])).toEqual({ mean: 3, halfWidth: null, runs: 1 });
    expect(estimate([Number.NaN, 3, Number.NaN, 3])).toEqual({ mean: 3, halfWidth: 0, runs: 2 });
    expect(estimate([Number.NaN])).toEqual({ mean: null, halfWidth: null, runs: 0 });
  });
});

describe('the comparison of two estimates', () => {
  const around = (mean: number, halfWidth: number | null): ReturnType<typeof estimate> => ({
    mean,
    halfWidth,
    runs: 24,
  });

  it('tells separated, overlapping and reversed intervals apart', () => {
    const unsure = around(0, 9);
    expect(compare(around(10, 1), around(7, 1), unsure)).toBe('separated');
    expect(compare(around(10, 1), around(8.5, 1), unsure)).toBe('overlapping');
    expect(compare(around(7, 1), around(10, 1), unsure)).toBe('reversed');
    expect(compare(around(10, 0), around(10, 0), around(0, 0))).toBe('overlapping');
    expect(compare(around(10, null), around(1, 1), unsure)).toBe('unknown');
  });

  it('looks at the differences of runs where intervals overlap', () => {
    expect(compare(around(10, 1), around(8.5, 1), around(1.5, 1))).toBe('paired');
    expect(compare(around(8.5, 1), around(10, 1), around(-1.5, 1))).toBe('reversed');
    // What two means say apart from each other is not taken back.
    expect(compare(around(10, 1), around(7, 1), around(3, 5))).toBe('separated');
  });

  it('is reversed for the same two in the other order', () => {
    const estimates = fc.record({
      mean: fc.double({ min: -100, max: 100, noNaN: true }),
      halfWidth: fc.double({ min: 0, max: 20, noNaN: true }),
      runs: fc.constant(4),
    });
    const isFor = (relation: string): boolean => relation === 'separated' || relation === 'paired';
    fc.assert(
      fc.property(estimates, estimates, estimates, (one, other, difference) => {
        const there = compare(one, other, difference);
        const back = compare(other, one, { ...difference, mean: -difference.mean });
        // Means apart one way and a difference the other way are not of the same runs.
        const isPossible = (one.mean - other.mean) * difference.mean >= 0;
        if (isPossible) expect(back === 'reversed').toBe(isFor(there));
      }),
    );
  });
});
