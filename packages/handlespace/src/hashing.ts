/** Spreads the entropy of 32 bits over all of them (the finalizer of MurmurHash3). */
function finalized(hash: number): number {
  let word = hash;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}

/**
 * The hash of a pool handle, straight from the bytes as they come off the wire (FNV-1a with a seed): no text is
 * decoded, because a pool handle is a byte string (RFC 5354 section 3.9).
 *
 * @param poolHandle - The bytes.
 * @param seed - A secret random number, so that nobody can make up handles that collide.
 * @returns 32 bits, signed.
 */
export function poolHandleHash(poolHandle: Uint8Array, seed: number): number {
  let hash = (seed ^ 0x811c9dc5) | 0;
  for (let index = 0; index < poolHandle.length; index += 1) {
    hash = Math.imul(hash ^ (poolHandle[index] as number), 0x01000193);
  }
  return finalized(hash ^ poolHandle.length);
}

/**
 * The hash of a pool element's name in the handlespace: its pool and its identifier.
 *
 * @param poolNumber - The number of the pool in the pool table.
 * @param identifier - The pool element identifier, 32 bits.
 * @param seed - A secret random number, so that nobody can choose identifiers that collide.
 * @returns 32 bits, signed.
 */
export function poolElementHash(poolNumber: number, identifier: number, seed: number): number {
  return finalized(finalized(identifier ^ seed) ^ Math.imul(poolNumber + 1, 0x9e3779b1));
}
