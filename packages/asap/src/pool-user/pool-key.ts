/**
 * A pool handle as the key of a map: two bytes a character, led by a mark of the length's parity, which makes it
 * unique. Built for every request and answer, so it has to be quick; nobody is shown it.
 *
 * @param poolHandle - The handle.
 */
export function poolKey(poolHandle: Uint8Array): string {
  const { length } = poolHandle;
  const even = length & ~1;
  let key = even === length ? 'e' : 'o';
  for (let index = 0; index < even; index += 2) {
    key += String.fromCharCode(((poolHandle[index] ?? 0) << 8) | (poolHandle[index + 1] ?? 0));
  }
  return even === length ? key : key + String.fromCharCode(poolHandle[even] ?? 0);
}

/**
 * The pool handle of a key.
 *
 * @param key - What {@link poolKey} returned.
 */
export function poolHandleOf(key: string): Uint8Array {
  const even = key.startsWith('e') ? key.length : key.length - 1;
  const bytes: number[] = [];
  for (let index = 1; index < even; index++) {
    const pair = key.charCodeAt(index);
    bytes.push(pair >> 8, pair & 0xff);
  }
  if (even < key.length) bytes.push(key.charCodeAt(even));
  return Uint8Array.from(bytes);
}
