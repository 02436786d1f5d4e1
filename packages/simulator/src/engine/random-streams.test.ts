import { describe, expect, it } from 'vitest';
import { drawFrom } from './distribution.ts';
import { RandomStreams } from './random-streams.ts';
import type { RandomStream } from './random-stream.ts';

const draws = (stream: RandomStream, count = 8): number[] =>
  Array.from({ length: count }, () => stream.integer(0, 1_000_000));

const mean = (count: number, draw: () => number): number => {
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += draw();
  return sum / count;
};

describe('streams of random numbers', () => {
  it('are the same for the same seed and name, and others for another one of either', () => {
    const streams = new RandomStreams(7);
    expect(draws(streams.stream('faults'))).toEqual(draws(new RandomStreams(7).stream('faults')));
    expect(draws(streams.stream('faults'))).not.toEqual(draws(streams.stream('fault')));
    expect(draws(streams.stream('faults'))).not.toEqual(draws(new RandomStreams(8).stream('faults')));
  });

  it('do not disturb each other', () => {
    const streams = new RandomStreams(7);
    const delays = streams.stream('delays');
    const faults = streams.stream('faults');
    draws(faults, 100);
    expect(draws(delays)).toEqual(draws(new RandomStreams(7).stream('delays')));
  });

  it('draw within their limits, and as often as they say', () => {
    const random = new RandomStreams(1).stream('test');
    const integers = new Set(Array.from({ length: 200 }, () => random.integer(3, 5)));
    expect(integers).toEqual(new Set([3, 4, 5]));
    expect(mean(20_000, () => random.exponential(40))).toBeCloseTo(40, -1);
    expect(mean(20_000, () => random.between(10, 20))).toBeCloseTo(15, 0);
    expect(mean(20_000, () => Number(random.chance(0.2)))).toBeCloseTo(0.2, 1);
    expect(random.chance(0)).toBe(false);
    expect(random.chance(1)).toBe(true);
    expect(random.pick([])).toBeUndefined();
    const names = Array.from({ length: 4000 }, () => random.weighted({ often: 3, seldom: 1, never: 0 }));
    expect(names.filter((name) => name === 'often').length / names.length).toBeCloseTo(0.75, 1);
    expect(names).not.toContain('never');
  });

  it('draw delays as the distribution says', () => {
    const random = new RandomStreams(1).stream('test');
    expect(drawFrom({ type: 'fixed', value: 4 }, random)).toBe(4);
    expect(mean(5000, () => drawFrom({ type: 'uniform', least: 2, most: 4 }, random))).toBeCloseTo(3, 1);
    expect(mean(20_000, () => drawFrom({ type: 'exponential', least: 5, mean: 2 }, random))).toBeCloseTo(
      7,
      0,
    );
    const spiky = { type: 'spiky', usual: 1, most: 101, outliers: 0.1 } as const;
    expect(mean(20_000, () => drawFrom(spiky, random))).toBeCloseTo(6, 0);
  });
});
