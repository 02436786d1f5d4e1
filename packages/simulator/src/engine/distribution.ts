import type { RandomStream } from './random-stream.ts';

/** How a quantity is distributed; in whatever unit its user says. */
export type Distribution =
  /** Always the same. */
  | { readonly type: 'fixed'; readonly value: number }
  /** Between `least` and `most`. */
  | { readonly type: 'uniform'; readonly least: number; readonly most: number }
  /** Negative exponential beyond `least`. */
  | { readonly type: 'exponential'; readonly least: number; readonly mean: number }
  /** Mostly `usual`, and with the probability `outliers` up to `most`: a path with hiccups. */
  | { readonly type: 'spiky'; readonly usual: number; readonly most: number; readonly outliers: number };

/**
 * Draws a value.
 *
 * @param distribution - How it is distributed.
 * @param random - Where the randomness comes from; nothing is drawn where the value is fixed.
 */
export function drawFrom(distribution: Distribution, random: RandomStream): number {
  switch (distribution.type) {
    case 'fixed':
      return distribution.value;
    case 'uniform':
      return random.between(distribution.least, distribution.most);
    case 'exponential':
      return distribution.least + random.exponential(distribution.mean);
    case 'spiky':
      return random.chance(distribution.outliers)
        ? random.between(distribution.usual, distribution.most)
        : distribution.usual;
  }
}
