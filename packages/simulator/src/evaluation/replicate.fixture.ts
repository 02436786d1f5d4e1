import { type Estimate, estimate } from '../experiment/statistics/estimate.ts';
import { checkParameters } from './check-parameters.ts';
import type { RunParameters } from './parameters.ts';
import { type RunResult, simulateRun } from './simulate-run.ts';

/**
 * Runs a cell with the seeds from 1 on.
 *
 * @param values - What differs from the defaults.
 * @param seeds - How many runs.
 */
export function replicate(values: Partial<RunParameters>, seeds: number): RunResult[] {
  const parameters = checkParameters(values);
  return Array.from({ length: seeds }, (_, index) => simulateRun(parameters, index + 1));
}

/**
 * The mean of something over runs with its confidence interval.
 *
 * @param results - The runs.
 * @param value - What of each.
 */
export function mean(results: readonly RunResult[], value: (result: RunResult) => number): Estimate {
  return estimate(results.map(value));
}

/**
 * By how many half widths of its confidence interval a mean is off. Up to 1 says that the theory holds with 95 %;
 * tests allow 1.5, which is 99 %, since they look at many.
 *
 * @param estimated - The mean.
 * @param theory - What it should be.
 */
export function deviation({ mean: found, halfWidth }: Estimate, theory: number): number {
  return Math.abs((found ?? Number.NaN) - theory) / (halfWidth ?? Number.NaN);
}
