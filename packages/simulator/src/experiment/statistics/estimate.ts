import { studentT95 } from './student-t.ts';

/** A mean over runs and how sure it is. */
export interface Estimate {
  /** The mean; `null` where no run has a value. */
  readonly mean: number | null;
  /** Half the width of the 95 % confidence interval; `null` for fewer than two runs, which tell nothing of it. */
  readonly halfWidth: number | null;
  /** How many runs have a value. */
  readonly runs: number;
}

/**
 * The mean of independent runs with its 95 % confidence interval by Student's t distribution.
 *
 * Numbers are added in the order in which they are given, so that the same runs have the same mean to the last bit.
 *
 * @param values - A value for each run. What is no finite number counts as none: a run without a failover has no
 *   failover time.
 */
export function estimate(values: readonly number[]): Estimate {
  const known = values.filter((value) => Number.isFinite(value));
  const runs = known.length;
  if (runs === 0) return { mean: null, halfWidth: null, runs };
  const mean = known.reduce((sum, value) => sum + value, 0) / runs;
  if (runs === 1) return { mean, halfWidth: null, runs };
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardError = Math.sqrt(squares / (runs - 1) / runs);
  return { mean, halfWidth: studentT95(runs - 1) * standardError, runs };
}

/**
 * A value that no run has to tell.
 *
 * @param value - The value, such as that of a formula.
 */
export function exactly(value: number): Estimate {
  return { mean: value, halfWidth: 0, runs: 1 };
}
