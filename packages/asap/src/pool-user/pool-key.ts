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
