import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomBelow } from './random-integer.ts';
import { expectDistribution } from './testing/chi-square.fixture.ts';
import { seededRandom } from './testing/seeded-random.fixture.ts';

/** A source that returns these words, and fails when it is asked for more. */
function words(...values: number[]): () => number {
  return () => {
    const value = values.shift();
    if (value === undefined) throw new Error('one draw too many');
    return value;
  };
}

describe('random integer below a bound', () => {
  it('is an integer below the bound', () => {
    const bound = fc.oneof(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    );
    fc.assert(
      fc.property(bound, fc.nat(), (bound, seed) => {
        const value = randomBelow(bound, seededRandom(seed));
        expect(Number.isSafeInteger(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThan(bound);
      }),
    );
  });

  it('draws again what lies above the last whole multiple of the bound', () => {
    expect(randomBelow(3, words(0xffffffff, 5))).toBe(2);
    expect(randomBelow(2 ** 31 + 1, words(2 ** 31 + 1, 7))).toBe(7);
  });

  it('takes two words, 53 bits, for bounds above 2^32', () => {
    expect(randomBelow(2 ** 53, words(0xffffffff, 0xffffffff))).toBe(2 ** 53 - 1);
    expect(randomBelow(2 ** 53, words(1 << 11, 5))).toBe(2 ** 32 + 5);
    const bound = 2 ** 52 + 1;
    expect(randomBelow(bound, words(0xffffffff, 0xffffffff, 0, 9))).toBe(9);
  });

  it('takes one word up to 2^32, and none where there is no choice', () => {
    expect(randomBelow(2 ** 32, words(0xfffffffe))).toBe(0xfffffffe);
    expect(randomBelow(1, words())).toBe(0);
  });

  it('is uniform where the remainder of a word would not be', () => {
    const bound = 3 * 2 ** 30;
    const counts = [0, 0, 0];
    const random = seededRandom(3);
    for (let draw = 0; draw < 30_000; draw++) counts[Math.floor(randomBelow(bound, random) / 2 ** 30)]!++;
    expectDistribution(counts, [1, 1, 1]);
  });

  it('is uniform for bounds of more than 32 bits', () => {
    const bound = 3 * 2 ** 51;
    const counts = [0, 0, 0];
    const random = seededRandom(4);
    for (let draw = 0; draw < 30_000; draw++) counts[Math.floor(randomBelow(bound, random) / 2 ** 51)]!++;
    expectDistribution(counts, [1, 1, 1]);
  });

  it('ends even with a source that is stuck', () => {
    expect(randomBelow(3, () => 0xffffffff)).toBeLessThan(3);
  });

  it('tells those who pass a source of fractions', () => {
    expect(() => randomBelow(3, () => 0.25)).toThrow('ERR_RSERPOOL_INVALID_RANDOM');
    expect(() => randomBelow(3, () => -1)).toThrow('ERR_RSERPOOL_INVALID_RANDOM');
  });
});
