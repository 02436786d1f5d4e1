/**
 * Copies a byte field. What a decoder returns is a view of its input: keeping it would keep the whole receive
 * buffer in memory, and whoever uses the buffer again would change the handlespace. Not `slice`, which shares
 * the memory where the bytes are a Node.js Buffer.
 *
 * @param bytes - The bytes of somebody else.
 */
export function ownBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
