/**
 * How many bytes the message at an offset takes with its trailing padding, from its header alone. For byte streams
 * such as TCP, where messages follow one another (RFC 5352 section 2.1).
 *
 * @param bytes - What has been received so far.
 * @param offset - Where the message begins. Default 0.
 * @returns `undefined` while the header is not complete; a length of less than 4 means that the stream is broken.
 */
export function framedMessageLength(bytes: Uint8Array, offset: number = 0): number | undefined {
  const high = bytes[offset + 2];
  const low = bytes[offset + 3];
  if (high === undefined || low === undefined) return undefined;
  const length = (high << 8) | low;
  return length < 4 ? length : (length + 3) & ~3;
}
