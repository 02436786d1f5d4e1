import type { RandomStream } from '../engine/random-stream.ts';

/**
 * Other bytes than those that were sent: some bits flipped, a part cut off or said twice, a length that is wrong.
 *
 * @param data - What was sent; it is not changed.
 * @param random - Decides what becomes of it.
 */
export function corrupted(data: Uint8Array, random: RandomStream): Uint8Array {
  const bytes = data.slice();
  switch (random.integer(0, 4)) {
    case 0:
      return bytes.subarray(0, random.integer(0, bytes.length));
    case 1: {
      const longer = new Uint8Array(bytes.length + random.integer(1, 16));
      longer.set(bytes);
      return longer;
    }
    case 2:
      // The length field of a message is in its second word, that of a parameter in some other one.
      if (bytes.length >= 4)
        bytes[2 + 4 * random.integer(0, (bytes.length >> 2) - 1)] = random.integer(0, 255);
      return bytes;
    default:
      for (let flips = random.integer(1, 8); flips > 0 && bytes.length > 0; flips -= 1) {
        const at = random.integer(0, bytes.length - 1);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random.integer(0, 7));
      }
      return bytes;
  }
}
