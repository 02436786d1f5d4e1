import { describe, expect, it } from 'vitest';
import { randomFraction, randomIdentifier, seededRandom } from './random-source.ts';

describe('a seeded source of random numbers', () => {
  it('gives the same numbers for the same seed, and others for another one', () => {
    const draw = (seed: number): number[] => Array.from({ length: 5 }, seededRandom(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(-1)).toEqual(draw(0xffffffff));
  });

  it('gives integers of 32 bits, every bit about half of the time', () => {
    const random = seededRandom(1);
    const counts = Array.from({ length: 32 }, () => 0);
    const draws = 20_000;
    for (let draw = 0; draw < draws; draw++) {
      const word = random();
      expect(word >>> 0).toBe(word);
      for (let bit = 0; bit < 32; bit++) counts[bit] = (counts[bit] as number) + ((word >>> bit) & 1);
    }
    for (const count of counts) expect(Math.abs(count / draws - 0.5)).toBeLessThan(0.02);
  });
});

describe('a random fraction', () => {
  it('is 0 for the smallest words and just below 1 for the largest', () => {
    expect(randomFraction(() => 0)).toBe(0);
    expect(randomFraction(() => 0xffffffff)).toBe(1 - 2 ** -53);
  });

  it('has the mean one half', () => {
    const random = seededRandom(2);
    let sum = 0;
    for (let draw = 0; draw < 10_000; draw++) sum += randomFraction(random);
    expect(sum / 10_000).toBeCloseTo(0.5, 1);
  });
});

describe('a random identifier', () => {
  it('is never 0', () => {
    const words = [0, 0, 0xfedcba98];
    expect(randomIdentifier(() => words.shift() ?? 1)).toBe(0xfedcba98);
  });
});
