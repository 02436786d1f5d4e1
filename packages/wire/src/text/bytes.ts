/**
 * Tells whether two byte sequences are equal. Not in constant time: never for secrets.
 *
 * @param left - One sequence.
 * @param right - The other.
 */
export function bytesEqual(left: Uint8Array, right: Uint8Array): boolean {
  if (left === right) return true;
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) {
    if (left[index] !== right[index]) return false;
  }
  return true;
}
