/**
 * A column holds one fact about every element, at the element's slot. Columns of numbers are typed arrays: no
 * object for an element, and nothing in them for the garbage collector to visit.
 */
export type Column = Int32Array | Uint32Array | Float64Array | Uint8Array;

/** How many slots a column has at first; it doubles from there. */
export const initialCapacity = 16;

/**
 * Copies a column into one with more room; the new places hold zero.
 *
 * @param column - The column that became too small.
 * @param capacity - How many places the new one has; at least as many as the old one.
 */
export function enlargedColumn<T extends Column>(column: T, capacity: number): T {
  const larger = new (column.constructor as new (length: number) => T)(capacity);
  larger.set(column);
  return larger;
}
