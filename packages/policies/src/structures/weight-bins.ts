/*
 * Weights that are nearly the same share a bin. Which one, the bits of a weight say: nothing has to be searched, and
 * there are at most 1728 bins, whatever the weights are.
 */

/** A bin is so many bits of a weight, the first one included, and all weights that begin with them. */
const significantBits: number = 7;

const binsPerMagnitude: number = 2 ** (significantBits - 1);

/** How many bins there are. */
export const binCount: number = (32 - significantBits + 2) * binsPerMagnitude;

/** The bin of a weight of at least 1, from 0 on. Weights below 128 have one of their own. */
export function binOf(weight: number): number {
  const shift = Math.max(0, 32 - significantBits - Math.clz32(weight));
  return shift * binsPerMagnitude + (weight >>> shift);
}

/** The smallest weight of a bin that is that of this weight: it is less than a 64th below it. */
export function binStart(weight: number): number {
  const shift = Math.max(0, 32 - significantBits - Math.clz32(weight));
  return ((weight >>> shift) << shift) >>> 0;
}
