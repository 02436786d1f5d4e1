/**
 * How many elements an answer has.
 *
 * @param count - What the caller asked for: anything below 1 is nothing, `Infinity` is the whole pool.
 * @param size - How many there are.
 */
export function answerLength(count: number, size: number): number {
  return count >= 1 ? Math.min(Math.floor(count), size) : 0;
}
