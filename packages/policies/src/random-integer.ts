import { PolicyError } from './policy-error.ts';
import type { RandomSource } from './random-source.ts';

const twoTo32: number = 0x100000000;
const twoTo53: number = 0x20000000000000;

/**
 * How often a draw is repeated before its tiny bias is accepted. A sound source needs more than one repetition
 * in less than a quarter of the cases and will never see the limit; with a stuck one the loop has to end.
 */
const maximumRepetitions: number = 100;

function word(random: RandomSource): number {
  const value = random();
  if (value !== value >>> 0) {
    throw new PolicyError(
      'ERR_RSERPOOL_INVALID_RANDOM',
      `the random source returned ${String(value)}: it has to return an integer from 0 to 2^32 - 1 (not a fraction as Math.random does)`,
      { path: 'random' },
    );
  }
  return value;
}

/**
 * An unbiased random integer below a bound. `%` alone, or a fraction times the bound, would favour some values;
 * so what lies above the last whole multiple of the bound is drawn again.
 *
 * @param bound - 1 .. 2^53; above 2^32 each draw takes two numbers of the source.
 * @param random - Where the random bits come from.
 * @returns 0 .. bound - 1.
 * @throws {@link PolicyError} `ERR_RSERPOOL_INVALID_RANDOM` where the source returns anything but 32-bit integers.
 */
export function randomBelow(bound: number, random: RandomSource): number {
  if (bound <= 1) return 0;
  const wide = bound > twoTo32;
  const range = wide ? twoTo53 : twoTo32;
  // The last whole multiple of the bound that a value may begin at: found without a division of its own.
  const lastStart = range - bound;
  let rest = 0;
  for (let repetition = 0; repetition < maximumRepetitions; repetition++) {
    const value = wide ? (word(random) >>> 11) * twoTo32 + word(random) : word(random);
    rest = remainder(value, bound);
    if (value - rest <= lastStart) break;
  }
  return rest;
}

/** `value % bound` for integers up to 2^53, without the slow remainder of floating point numbers. */
function remainder(value: number, bound: number): number {
  // The quotient may be rounded up by one, and the product is exact, since it is not above 2^53.
  const rest = value - Math.floor(value / bound) * bound;
  return rest < 0 ? rest + bound : rest;
}

/**
 * A random number with 53 bits, for bounds that no integer can be drawn below.
 *
 * @param random - Where the random bits come from.
 * @returns 0 (included) .. 1 (excluded).
 * @throws {@link PolicyError} `ERR_RSERPOOL_INVALID_RANDOM` where the source returns anything but 32-bit integers.
 */
export function randomFraction(random: RandomSource): number {
  return ((word(random) >>> 11) * twoTo32 + word(random)) / twoTo53;
}
