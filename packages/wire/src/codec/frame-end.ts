/**
 * Where a message ends by its length, which covers no trailing padding (RFC 5354 section 4); the transport may have
 * carried the padding or not.
 *
 * @returns -1 where the framing is broken.
 */
export function frameEnd(bytes: Uint8Array): number {
  const size = bytes.length;
  if (size < 4) return -1;
  const length = ((bytes[2] as number) << 8) | (bytes[3] as number);
  return length < 4 || length > size || size > ((length + 3) & ~3) ? -1 : length;
}
