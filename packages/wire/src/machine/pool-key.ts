/** The key that was asked for last: a pool user, and who serves one pool, asks for the same one again and again. */
let latest = '';

/**
 * A pool handle as the key of a map: two bytes a character, led by a mark of the length's parity, which makes it
 * unique. Built for every request and answer, so it has to be quick; nobody is shown it.
 *
 * @param poolHandle - The handle.
 */
export function poolKey(poolHandle: Uint8Array): string {
  if (isKeyOf(latest, poolHandle)) return latest;
  latest = makeKey(poolHandle);
  return latest;
}

function isKeyOf(key: string, poolHandle: Uint8Array): boolean {
  const { length } = poolHandle;
  const characters = (length >> 1) + (length & 1);
  if (key.length !== characters + 1) return false;
  // The last character first: pools that are told apart by a number at the end of their names are common.
  for (let index = characters; index > 0; index -= 1) {
    const at = 2 * (index - 1);
    const pair = at + 1 < length ? pairAt(poolHandle, at) : (poolHandle[at] ?? 0);
    if (key.charCodeAt(index) !== pair) return false;
  }
  return key.startsWith((length & 1) === 0 ? 'e' : 'o');
}

function makeKey(poolHandle: Uint8Array): string {
  const { length } = poolHandle;
  const even = length & ~1;
  let key = even === length ? 'e' : 'o';
  let index = 0;
  // Eight characters at a time: joining them one by one costs twice as much.
  for (; index + 16 <= even; index += 16) {
    key += String.fromCharCode(
      pairAt(poolHandle, index),
      pairAt(poolHandle, index + 2),
      pairAt(poolHandle, index + 4),
      pairAt(poolHandle, index + 6),
      pairAt(poolHandle, index + 8),
      pairAt(poolHandle, index + 10),
      pairAt(poolHandle, index + 12),
      pairAt(poolHandle, index + 14),
    );
  }
  for (; index < even; index += 2) key += String.fromCharCode(pairAt(poolHandle, index));
  return even === length ? key : key + String.fromCharCode(poolHandle[even] ?? 0);
}

function pairAt(bytes: Uint8Array, index: number): number {
  return ((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0);
}

/**
 * The pool handle that a key was made of.
 *
 * @param key - What {@link poolKey} has returned.
 */
export function poolHandleOfKey(key: string): Uint8Array {
  const isEven = key.startsWith('e');
  const poolHandle = new Uint8Array(2 * (key.length - 1) - (isEven ? 0 : 1));
  for (let index = 1; index < key.length; index += 1) {
    const pair = key.charCodeAt(index);
    const isLone = !isEven && index === key.length - 1;
    const at = 2 * (index - 1);
    if (isLone) poolHandle[at] = pair;
    else {
      poolHandle[at] = pair >> 8;
      poolHandle[at + 1] = pair & 0xff;
    }
  }
  return poolHandle;
}
