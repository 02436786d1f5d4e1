import type { Estimate } from './estimate.ts';

/**
 * What confidence intervals say about which of two means is larger: `separated`, theirs are apart as is said; `paired`,
 * they overlap, but that of the difference of runs with the same seed is above zero; `reversed`, one of both is so the
 * other way; `overlapping`, neither is shown; `unknown`, there are too few runs.
 *
 * Runs with the same seed have the same requests: what one run has more of by chance, the other one has as well, and
 * their difference tells more than two means do.
 */
export type Relation = 'separated' | 'paired' | 'overlapping' | 'reversed' | 'unknown';

/**
 * Compares two means by confidence intervals.
 *
 * @param larger - The one that is said to be larger.
 * @param smaller - The other one.
 * @param difference - The first one less the second one, run by run.
 */
export function compare(larger: Estimate, smaller: Estimate, difference: Estimate): Relation {
  const above = intervalOf(larger);
  const below = intervalOf(smaller);
  const between = intervalOf(difference);
  if (above === undefined || below === undefined || between === undefined) return 'unknown';
  if (above.low > below.high) return 'separated';
  if (below.low > above.high || between.high < 0) return 'reversed';
  return between.low > 0 ? 'paired' : 'overlapping';
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
