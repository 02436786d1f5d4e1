/**
 * A view of a part of bytes.
 *
 * @param start - Where the part begins.
 * @param end - Where it ends, not before it begins and not behind the bytes.
 */
export function viewOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  // The first is faster, but gives a subclass where the bytes are one, such as a `Buffer`.
  if (bytes.constructor === Uint8Array) return bytes.subarray(start, end);
  return new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start);
}
