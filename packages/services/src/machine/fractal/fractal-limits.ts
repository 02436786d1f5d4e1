import type { FractalState } from './fractal-cookie.ts';

/** What pictures an element computes; others are refused, by cutting the session. */
export interface FractalLimits {
  /**
   * The largest number of points, width times height; 2^24 by default, a picture of 4096 x 4096. It bounds for how long
   * one request keeps an element busy.
   */
  readonly maximumPoints: number;
  /**
   * The largest number of iterations of a point; 1 000 000 by default, some milliseconds. Other sessions wait while a
   * point is computed.
   */
  readonly maximumIterations: number;
}

/** The defaults of {@link FractalLimits}. */
export const defaultFractalLimits: FractalLimits = { maximumPoints: 2 ** 24, maximumIterations: 1_000_000 };

/**
 * Whether a picture can be computed within the limits: it has points, its corners are numbers, and the position is in it.
 *
 * @param state - The picture and a position, which came from a user.
 * @param limits - The limits.
 */
export function isWithinFractalLimits(state: FractalState, limits: FractalLimits): boolean {
  const { parameter, currentX, currentY } = state;
  const { width, height, maxIterations, c1real, c1imag, c2real, c2imag, n } = parameter;
  return (
    width >= 1 &&
    height >= 1 &&
    width * height <= limits.maximumPoints &&
    maxIterations >= 1 &&
    maxIterations <= limits.maximumIterations &&
    [c1real, c1imag, c2real, c2imag, n].every(Number.isFinite) &&
    currentX < width &&
    currentY <= height
  );
}
