import type { Assignment } from '../scenario/scenario.ts';
import { formatEstimate } from '../statistics/format.ts';
import type { CheckedOrdering, Comparison, Verdict } from './check-ordering.ts';

const words: Readonly<Record<Verdict, string>> = {
  shown: 'shown',
  undecided: 'not decided: confidence intervals overlap',
  reversed: 'reversed',
  unknown: 'not simulated',
};

/**
 * The verdict in words, with how many of the comparisons are separated.
 *
 * @param checked - The ordering and its comparisons.
 */
export function describeVerdict({ verdict, comparisons }: CheckedOrdering): string {
  const separated = comparisons.filter(({ relation }) => relation === 'separated').length;
  return comparisons.length === 0
    ? words[verdict]
    : `${words[verdict]} (${separated} of ${comparisons.length} comparisons)`;
}

/**
 * A comparison in a line with its numbers.
 *
 * @param comparison - The comparison.
 */
export function describeComparison({ at, points, relation }: Comparison): string {
  const numbers = points.map((point) => `${describePoint(point.at)} ${formatEstimate(point.value)}`.trim());
  const place = describePoint(at);
  return `${place === '' ? '' : `${place}: `}${numbers.join(points.length > 1 ? ' > ' : '')}: ${relation}`;
}

/**
 * A point in words: a policy stands for itself, other values follow their parameter.
 *
 * @param at - The values of the point.
 */
export function describePoint(at: Assignment): string {
  return Object.entries(at)
    .map(([name, value]) => (name === 'policy' ? String(value) : `${name} ${String(value)}`))
    .join(', ');
}
