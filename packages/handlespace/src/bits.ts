/**
 * The number of the lowest bit that is set, 0 .. 31.
 *
 * @param bits - 32 bits, not 0.
 */
export function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

/**
 * The number of the highest bit that is set, 0 .. 31.
 *
 * @param bits - 32 bits, not 0.
 */
export function highestBit(bits: number): number {
  return 31 - Math.clz32(bits);
}
