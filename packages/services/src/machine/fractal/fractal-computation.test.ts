import { describe, expect, it } from 'vitest';
import { computePoint } from './compute-point.ts';
import { FractalComputation, type FractalPoints } from './fractal-computation.ts';
import { defaultFractalLimits, isWithinFractalLimits } from './fractal-limits.ts';
import { seahorseValley } from './fractal-parameter.ts';

const parameter = { ...seahorseValley, width: 7, height: 5, maxIterations: 50 };

function remaining(computation: FractalComputation): FractalPoints[] {
  const packets: FractalPoints[] = [];
  for (let next = computation.next(); next !== undefined; next = computation.next()) packets.push(next);
  return packets;
}

describe('the computation of a picture', () => {
  it('gives all points in their order, in packets that go on in the rows below', () => {
    const packets = remaining(new FractalComputation({ parameter, currentX: 0, currentY: 0 }, 10));
    expect(packets.map(({ startX, startY, points }) => [startX, startY, points.length])).toEqual([
      [0, 0, 10],
      [3, 1, 10],
      [6, 2, 10],
      [2, 4, 5],
    ]);
    const points = packets.flatMap((packet) => [...packet.points]);
    expect(points).toEqual(
      points.map((_, index) => computePoint(parameter, index % 7, Math.floor(index / 7))),
    );
  });

  it('goes on from its state with what is left, and nothing else', () => {
    const whole = new FractalComputation({ parameter, currentX: 0, currentY: 0 }, 10);
    whole.next();
    whole.next();
    const { state } = whole;
    expect(state).toMatchObject({ currentX: 6, currentY: 2 });
    expect(remaining(new FractalComputation(state, 10))).toEqual(remaining(whole));
    expect(whole.state).toMatchObject({ currentX: 0, currentY: 5 });
    expect(remaining(new FractalComputation(whole.state, 10))).toEqual([]);
  });

  it('makes packets short where points take long, so that other sessions get their turn', () => {
    const inside = { ...parameter, c1real: 0, c1imag: 0, c2real: 0.01, c2imag: 0.01, maxIterations: 400_000 };
    const packets = remaining(new FractalComputation({ parameter: inside, currentX: 0, currentY: 0 }));
    expect(Math.max(...packets.map(({ points }) => points.length))).toBe(3);
  });
});

describe('the limits of pictures', () => {
  const state = { parameter, currentX: 0, currentY: 0 };
  const allows = (changes: object, position: object = {}): boolean =>
    isWithinFractalLimits(
      { ...state, ...position, parameter: { ...parameter, ...changes } },
      defaultFractalLimits,
    );

  it('allow a picture, from its beginning to its end', () => {
    expect(allows({})).toBe(true);
    expect(allows({}, { currentY: 5 })).toBe(true);
  });

  it.each([
    ['no width', { width: 0 }, {}],
    ['no height', { height: 0 }, {}],
    ['more points than can be computed in a sensible time', { width: 2 ** 20, height: 2 ** 20 }, {}],
    ['points that would hold up all others', { maxIterations: 2 ** 32 - 1 }, {}],
    ['no iterations', { maxIterations: 0 }, {}],
    ['a corner that is no number', { c2imag: NaN }, {}],
    ['an endless exponent', { n: Infinity }, {}],
    ['a column behind the last', {}, { currentX: 7 }],
    ['a row behind the end', {}, { currentY: 6 }],
  ])('refuse %s', (_, changes, position) => {
    expect(allows(changes, position)).toBe(false);
  });
});
