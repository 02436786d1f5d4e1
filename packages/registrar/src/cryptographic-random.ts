import { randomFillSync } from 'node:crypto';
import type { RandomSource } from '@rserpool/wire';

/**
 * The host's cryptographic random numbers, drawn many at a time: a policy may need several for each resolution.
 */
export function cryptographicRandom(): RandomSource {
  const words = new Uint32Array(1024);
  let next = words.length;
  return () => {
    if (next === words.length) {
      randomFillSync(words);
      next = 0;
    }
    // The index is always inside: the block was filled when its end was reached.
    return words[next++] ?? 0;
  };
}
