import type { ParameterValue } from '../scenario/scenario.ts';
import type { Estimate } from './estimate.ts';

/**
 * A number with at most so many significant digits, as people write it.
 *
 * @param value - The number.
 * @param digits - How many digits count.
 */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return '-';
  return String(Number(value.toPrecision(digits)));
}

/**
 * The value of a parameter as people write it: `1e7`, not `10000000`.
 *
 * @param value - The value.
 */
export function formatValue(value: ParameterValue): string {
  if (typeof value === 'object') return value.map(formatValue).join(' ');
  if (typeof value !== 'number' || Math.abs(value) < 1e5) return String(value);
  return value.toExponential().replace('e+', 'e');
}

/**
 * A mean with its confidence interval.
 *
 * @param estimated - The estimate.
 */
export function formatEstimate({ mean, halfWidth }: Estimate): string {
  if (mean === null) return '-';
  if (halfWidth === null || halfWidth === 0) return formatNumber(mean);
  return `${formatNumber(mean)} ± ${formatNumber(halfWidth, 2)}`;
}
