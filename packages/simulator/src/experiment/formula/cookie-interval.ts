/**
 * How much work an element may do between two cookies, so that a share of all its work is not lost: equation (1) of the
 * 2009 paper, `-2 * MTBF * capacity * (goodput - 1)`.
 *
 * A failure loses half an interval on average; the equation holds where failures come evenly over it, that is, where
 * an interval is short beside the time between failures.
 *
 * @param mtbf - The mean time between failures, in seconds.
 * @param capacity - The average capacity of the element, in calculations a second.
 * @param goodput - The share of the work that is to count, 0 .. 1 (1 excluded: it needs a cookie at every moment).
 * @returns The interval, in calculations.
 *
 * @example
 * ```ts
 * import { cookieInterval } from '@rserpool/simulator';
 *
 * // An element of a million calculations a second that fails once an hour: 1 % is lost with a cookie every 72 s.
 * console.log(cookieInterval(3600, 1e6, 0.99) / 1e6);
 * ```
 */
export function cookieInterval(mtbf: number, capacity: number, goodput: number): number {
  return -2 * mtbf * capacity * (goodput - 1);
}
