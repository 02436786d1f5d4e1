/** What picture is to be computed: the PARAMETER of the reference's FractalGenerator protocol. */
export interface FractalParameter {
  /** Width in points, 1 .. 65535. */
  readonly width: number;
  /** Height in points (rows), 1 .. 65535. */
  readonly height: number;
  /** Where the iteration of a point that does not escape ends, 1 .. 2^32 - 1. */
  readonly maxIterations: number;
  /** One of {@link FractalAlgorithm}. */
  readonly algorithm: number;
  /** Upper left corner, real part. */
  readonly c1real: number;
  /** Upper left corner, imaginary part. */
  readonly c1imag: number;
  /** Lower right corner, real part. */
  readonly c2real: number;
  /** Lower right corner, imaginary part. */
  readonly c2imag: number;
  /** The exponent of z; 2 is the Mandelbrot set. */
  readonly n: number;
}

/** The algorithms of the FractalGenerator protocol. */
export const FractalAlgorithm = {
  /** z := z^2 - c. */
  mandelbrot: 1,
  /** z := z^n - c. */
  mandelbrotN: 2,
} as const;

/** A picture that takes a while: the seahorse valley of the Mandelbrot set. */
export const seahorseValley: FractalParameter = {
  width: 480,
  height: 320,
  maxIterations: 1000,
  algorithm: FractalAlgorithm.mandelbrot,
  c1real: 0.7496,
  c1imag: -0.1358,
  c2real: 0.7376,
  c2imag: -0.1278,
  n: 2,
};
