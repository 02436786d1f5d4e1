import { FractalAlgorithm, type FractalParameter } from './fractal-parameter.ts';

/**
 * The number of iterations until the point at column `x` and row `y` escapes, or `maxIterations` where it does not.
 *
 * @param parameter - The picture.
 * @param x - Column, 0 .. width - 1.
 * @param y - Row, 0 .. height - 1.
 */
export function computePoint(parameter: FractalParameter, x: number, y: number): number {
  const cReal = parameter.c1real + ((parameter.c2real - parameter.c1real) * x) / parameter.width;
  const cImaginary = parameter.c1imag + ((parameter.c2imag - parameter.c1imag) * y) / parameter.height;
  return parameter.algorithm === FractalAlgorithm.mandelbrotN
    ? iterateN(cReal, cImaginary, parameter.n, parameter.maxIterations)
    : iterate(cReal, cImaginary, parameter.maxIterations);
}

function iterate(cReal: number, cImaginary: number, maxIterations: number): number {
  let real = 0;
  let imaginary = 0;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const realSquare = real * real;
    const imaginarySquare = imaginary * imaginary;
    if (realSquare + imaginarySquare > 4) return iteration;
    imaginary = 2 * real * imaginary + cImaginary;
    real = realSquare - imaginarySquare + cReal;
  }
  return maxIterations;
}

function iterateN(cReal: number, cImaginary: number, n: number, maxIterations: number): number {
  let real = 0;
  let imaginary = 0;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const radius = Math.hypot(real, imaginary);
    if (radius > 2) return iteration;
    const power = radius ** n;
    const angle = n * Math.atan2(imaginary, real);
    real = power * Math.cos(angle) + cReal;
    imaginary = power * Math.sin(angle) + cImaginary;
  }
  return maxIterations;
}
