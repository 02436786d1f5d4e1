/** Spreads the entropy of 32 bits over all of them (the finalizer of MurmurHash3). */
function finalized(hash: number): number {
  let word = hash;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}

/** How many words of a pool handle {@link poolHandleHash} hands out. */
export const handleWords = 6;

/**
 * The hash of a pool handle, straight from the bytes as they come off the wire: no text is decoded, because a pool
 * handle is a byte string (RFC 5354 section 3.9). Four bytes are taken at a time, in the manner of FNV-1a with a
 * rotation, so that upper bits get into lower ones.
 *
 * @param poolHandle - The bytes.
 * @param seed - A secret random number, so that nobody can make up handles that collide.
 * @param words - Gets the first words of the handle, padded with zeros, for comparing them: those of its first 24
 *   bytes. What lies behind the last word of a shorter handle stays.
 * @returns 32 bits, signed.
 */
export function poolHandleHash(poolHandle: Uint8Array, seed: number, words: Int32Array): number {
  const { length } = poolHandle;
  const whole = length & -4;
  let hash = seed ^ 0x811c9dc5;
  let at = 0;
  for (let index = 0; index < whole; index += 4) {
    const word =
      (poolHandle[index] as number) |
      ((poolHandle[index + 1] as number) << 8) |
      ((poolHandle[index + 2] as number) << 16) |
      ((poolHandle[index + 3] as number) << 24);
    if (at < handleWords) words[at] = word;
    at += 1;
    hash = mixed(hash, word);
  }
  if (whole < length) {
    let word = 0;
    for (let index = length - 1; index >= whole; index -= 1)
      word = (word << 8) | (poolHandle[index] as number);
    if (at < handleWords) words[at] = word;
    hash = mixed(hash, word);
  }
  return finalized(hash ^ length);
}

function mixed(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return (product << 13) | (product >>> 19);
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
