import type { Estimate } from './estimate.ts';

/**
 * What two confidence intervals say about which of two means is larger: `separated`, the one that is said to be larger
 * is; `reversed`, it is the smaller one; `overlapping`, neither is shown; `unknown`, there are too few runs.
 */
export type Relation = 'separated' | 'overlapping' | 'reversed' | 'unknown';

/**
 * Compares two means by their confidence intervals.
 *
 * @param larger - The one that is said to be larger.
 * @param smaller - The other one.
 */
export function compare(larger: Estimate, smaller: Estimate): Relation {
  const above = intervalOf(larger);
  const below = intervalOf(smaller);
  if (above === undefined || below === undefined) return 'unknown';
  if (above.low > below.high) return 'separated';
  return below.low > above.high ? 'reversed' : 'overlapping';
}

/**
 * The confidence interval of an estimate.
 *
 * @param estimated - The estimate.
 * @returns Its ends, or `undefined` for fewer than two runs.
 */
export function intervalOf(estimated: Estimate): { readonly low: number; readonly high: number } | undefined {
  const { mean, halfWidth } = estimated;
  return mean === null || halfWidth === null ? undefined : { low: mean - halfWidth, high: mean + halfWidth };
}
