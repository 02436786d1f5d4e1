/**
 * A source of random numbers that the caller passes in: each call returns a uniformly distributed integer in
 * 0 .. 2^32 - 1. Applications use a cryptographic source, tests and simulations a seeded one.
 *
 * @example
 * ```ts
 * import type { RandomSource } from '@rserpool/policies';
 *
 * const random: RandomSource = () => crypto.getRandomValues(new Uint32Array(1))[0]!;
 * ```
 */
export type RandomSource = () => number;
