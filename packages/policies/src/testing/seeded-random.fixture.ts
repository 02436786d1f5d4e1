import type { RandomSource } from '../random-source.ts';

/** A seeded source of random 32-bit integers (xorshift32 with a multiplier), so that every run is the same. */
export function seededRandom(seed: number): RandomSource {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x6a09e667) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.imul(state, 0x85ebca6b) >>> 0;
  };
}
