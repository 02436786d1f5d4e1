/**
 * A source of random numbers that the caller passes in: each call returns a uniformly distributed integer in
 * 0 .. 2^32 - 1. Applications use a cryptographic source, tests and simulations a seeded one.
 */
export type RandomSource = () => number;

/**
 * A seeded source for tests and simulations (mulberry32): the same seed gives the same numbers. Not for
 * identifiers that have to be hard to guess.
 *
 * @param seed - Any integer; only its lower 32 bits count.
 */
export function seededRandom(seed: number): RandomSource {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return (word ^ (word >>> 14)) >>> 0;
  };
}

/**
 * A uniformly distributed number in 0 (included) .. 1 (excluded), with 53 random bits.
 *
 * @param random - Where the random bits come from.
 */
export function randomFraction(random: RandomSource): number {
  return ((random() >>> 5) * 0x4000000 + (random() >>> 6)) / 0x20000000000000;
}

/**
 * A random identifier for a registrar or a pool element: 32 bits, never zero (RFC 5353 section 3.2.1,
 * RFC 5352 section 3.1 R2.2).
 *
 * @param random - Where the random bits come from; use a cryptographic source in production.
 */
export function randomIdentifier(random: RandomSource): number {
  for (;;) {
    const identifier = random();
    if (identifier !== 0) return identifier;
  }
}
