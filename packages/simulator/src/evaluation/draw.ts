import type { RandomStream } from '../engine/random-stream.ts';

/** How a quantity is distributed around its mean. */
export type MeanDistribution = 'constant' | 'exponential' | 'uniform';

/**
 * Draws a quantity.
 *
 * @param distribution - How it is distributed; uniform is from 0 to twice the mean.
 * @param mean - The mean.
 * @param random - Where the randomness comes from; nothing is drawn for a constant.
 */
export function drawAround(distribution: MeanDistribution, mean: number, random: RandomStream): number {
  switch (distribution) {
    case 'constant':
      return mean;
    case 'exponential':
      return random.exponential(mean);
    case 'uniform':
      return random.between(0, 2 * mean);
  }
}
