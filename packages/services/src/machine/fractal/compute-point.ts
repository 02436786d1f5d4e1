import { FractalAlgorithm, type FractalParameter } from './fractal-parameter.ts';

/** The square of the distance from the origin at which a point has escaped: that of the reference. */
const escapeSquare = 2;

/**
 * The number of iterations until the point at column `x` and row `y` escapes, or `maxIterations` where it does not. It is
 * the reference's, so that one picture may be computed by elements of both: it subtracts c, where others add it.
 *
 * @param parameter - The picture.
 * @param x - Column, 0 .. width - 1.
 * @param y - Row, 0 .. height - 1.
 */
export function computePoint(parameter: FractalParameter, x: number, y: number): number {
  // In this order: near the edge of the set a last bit that is rounded otherwise is another number of iterations.
  const cReal = parameter.c1real + x * ((parameter.c2real - parameter.c1real) / parameter.width);
  const cImaginary = parameter.c1imag + y * ((parameter.c2imag - parameter.c1imag) / parameter.height);
  return parameter.algorithm === FractalAlgorithm.mandelbrotN
    ? iterateN(cReal, cImaginary, parameter.n, parameter.maxIterations)
    : iterate(cReal, cImaginary, parameter.maxIterations);
}

function iterate(cReal: number, cImaginary: number, maxIterations: number): number {
  let real = 0;
  let imaginary = 0;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const next = real * real - imaginary * imaginary - cReal;
    imaginary = 2 * real * imaginary - cImaginary;
    real = next;
    if (real * real + imaginary * imaginary >= escapeSquare) return iteration;
  }
  return maxIterations;
}

function iterateN(cReal: number, cImaginary: number, n: number, maxIterations: number): number {
  let real = 0;
  let imaginary = 0;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const power = Math.hypot(real, imaginary) ** n;
    const angle = n * Math.atan2(imaginary, real);
    real = power * Math.cos(angle) - cReal;
    imaginary = power * Math.sin(angle) - cImaginary;
    if (real * real + imaginary * imaginary >= escapeSquare) return iteration;
  }
  return maxIterations;
}
