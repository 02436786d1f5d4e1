import type { Assignment } from '../scenario/scenario.ts';
import type { Relation } from '../statistics/compare.ts';
import { formatEstimate, formatValue } from '../statistics/format.ts';
import type { CheckedOrdering, Comparison, Verdict } from './check-ordering.ts';

const words: Readonly<Record<Verdict, string>> = {
  shown: 'shown',
  paired: 'shown run by run',
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
  const count = (name: Relation): number => comparisons.filter(({ relation }) => relation === name).length;
  const byRun = count('paired') === 0 ? '' : `, ${count('paired')} run by run`;
  return comparisons.length === 0
    ? words[verdict]
    : `${words[verdict]} (${count('separated')} of ${comparisons.length} comparisons${byRun})`;
}

/**
 * A comparison in a line with its numbers.
 *
 * @param comparison - The comparison.
 */
export function describeComparison({ at, points, difference, relation }: Comparison): string {
  const numbers = points.map((point) => `${describePoint(point.at)} ${formatEstimate(point.value)}`.trim());
  const place = describePoint(at);
  const byRun =
    difference === undefined || relation === 'separated' ? '' : `, difference ${formatEstimate(difference)}`;
  return `${place === '' ? '' : `${place}: `}${numbers.join(' > ')}: ${relation}${byRun}`;
}

/**
 * A point in words: a policy stands for itself, other values follow their parameter.
 *
 * @param at - The values of the point.
 */
export function describePoint(at: Assignment): string {
  return Object.entries(at)
    .map(([name, value]) => (name === 'policy' ? String(value) : `${name} ${formatValue(value)}`))
    .join(', ');
}
