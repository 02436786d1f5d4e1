import { describe, expect, it } from 'vitest';
import { computePoint } from './compute-point.ts';
import { FractalAlgorithm, type FractalParameter } from './fractal-parameter.ts';
import { Picture } from './picture.ts';

const small: FractalParameter = {
  width: 6,
  height: 4,
  maxIterations: 20,
  algorithm: FractalAlgorithm.mandelbrot,
  c1real: -2.03,
  c1imag: 1.01,
  c2real: 1.07,
  c2imag: -0.97,
  n: 2,
};

describe('a point of the Mandelbrot set', () => {
  it('never escapes at the origin and escapes soon far outside', () => {
    const around = { ...small, c1real: 0, c1imag: 0 };
    expect(computePoint(around, 0, 0)).toBe(20);
    expect(computePoint({ ...small, c1real: 2, c1imag: 2 }, 0, 0)).toBe(0);
  });

  it.each([
    [
      'z^2',
      { algorithm: 1, n: 2 },
      [1, 1, 1, 2, 3, 300, 300, 300, 300, 300, 300, 300, 12, 300, 300, 6, 0, 0, 0, 0],
    ],
    [
      'z^3',
      { algorithm: 2, n: 3 },
      [1, 1, 1, 2, 300, 300, 300, 300, 300, 300, 300, 10, 2, 1, 1, 1, 0, 0, 0, 0],
    ],
    [
      'z^2.5',
      { algorithm: 2, n: 2.5 },
      [1, 1, 1, 2, 21, 300, 300, 300, 300, 300, 300, 300, 69, 3, 1, 1, 0, 0, 0, 0],
    ],
    [
      'z^2, near the edge',
      { algorithm: 1, n: 2, c1real: 0.73, c1imag: 0.14, c2real: 0.76, c2imag: 0.12 },
      [300, 300, 300, 300, 300, 165, 78, 46, 44, 60, 29, 26, 24, 23, 23, 21, 21, 21, 21, 21],
    ],
  ])('takes as many iterations as the reference’s element said: %s', (_, differences, iterations) => {
    const corners = { c1real: -1.2, c1imag: 1.3, c2real: 2.1, c2imag: -1.25 };
    const parameter = { width: 60, height: 40, maxIterations: 300, ...corners, ...differences };
    expect(iterations.map((_value, index) => computePoint(parameter, 3 * index, 17))).toEqual(iterations);
  });

  it('is rounded as the reference rounds it, where the last bit decides', () => {
    const corners = { c1real: 0.7496, c1imag: -0.1358, c2real: 0.7376, c2imag: -0.1278 };
    const parameter = { ...small, ...corners, width: 500, height: 400, maxIterations: 30_000 };
    const columns = [447, 473, 481, 484, 489, 499];
    expect(columns.map((x) => computePoint(parameter, x, 316))).toEqual([1738, 3816, 2479, 5020, 3871, 4891]);
  });

  it('has escaped where it lies on the circle of escape exactly', () => {
    expect(computePoint({ ...small, c1real: 1, c1imag: 1 }, 0, 0)).toBe(0);
  });

  it('takes as many iterations with z^n for n = 2 as with z^2', () => {
    const general = { ...small, algorithm: FractalAlgorithm.mandelbrotN };
    for (let y = 0; y < small.height; y++) {
      for (let x = 0; x < small.width; x++)
        expect(computePoint(general, x, y)).toBe(computePoint(small, x, y));
    }
  });
});

describe('a picture', () => {
  it('is complete when every point is there, in whatever order the rows come', () => {
    const whole = Picture.computed(small);
    const picture = new Picture(small);
    for (let y = small.height - 1; y >= 0; y--) {
      expect(picture.isComplete).toBe(false);
      picture.put(
        0,
        y,
        Uint32Array.from({ length: small.width }, (_, x) => computePoint(small, x, y)),
      );
    }
    expect(picture.isComplete).toBe(true);
    expect(picture.toRgb()).toEqual(whole.toRgb());
  });

  it('counts the rows that came twice', () => {
    const picture = Picture.computed(small);
    picture.put(0, 0, new Uint32Array(small.width));
    picture.put(0, 1, new Uint32Array(2));
    expect(picture.rowsRecomputed).toBe(2);
  });

  it('takes points that go on in the rows below, as those of the reference do', () => {
    const whole = Picture.computed(small);
    const picture = new Picture(small);
    const all = Array.from({ length: small.width * small.height }, (_, index) =>
      computePoint(small, index % small.width, Math.floor(index / small.width)),
    );
    for (const start of [0, 7, 14, 21]) {
      const points = Uint32Array.from(all.slice(start, start + 7));
      expect(picture.put(start % small.width, Math.floor(start / small.width), points)).toBe(true);
    }
    expect(picture.toRgb()).toEqual(whole.toRgb());
  });

  it('refuses points outside', () => {
    const picture = new Picture(small);
    expect(picture.put(0, small.height, new Uint32Array(1))).toBe(false);
    expect(picture.put(small.width, 0, new Uint32Array(1))).toBe(false);
    expect(picture.put(small.width - 1, small.height - 1, new Uint32Array(2))).toBe(false);
    expect(picture.rows).toBe(0);
  });
});
