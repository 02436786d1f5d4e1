/** The smallest capacity of a structure: most pools are small, and there may be many of them. */
const minimumCapacity: number = 4;

/**
 * The capacity to grow to: a power of two above the seat, so that growing copies each element a constant number
 * of times on the whole.
 *
 * @param seat - The seat that has to fit.
 */
export function capacityFor(seat: number): number {
  let capacity = minimumCapacity;
  while (capacity <= seat) capacity *= 2;
  return capacity;
}

/**
 * A longer copy of an array.
 *
 * @param values - What to keep.
 * @param capacity - Its new length.
 */
export function grownInt32(values: Int32Array, capacity: number): Int32Array {
  const grown = new Int32Array(capacity);
  grown.set(values);
  return grown;
}
