import type { FigureResults } from '../results/figure-results.ts';
import { type Assignment, combinations, type Ordering, sweptParameters } from '../scenario/scenario.ts';
import { compare, intervalOf, type Relation } from '../statistics/compare.ts';
import type { Estimate } from '../statistics/estimate.ts';

/** A point that is compared. */
export interface ComparedPoint {
  /** Its values of what the ordering compares. */
  readonly at: Assignment;
  /** The metric there, or its change. */
  readonly value: Estimate;
}

/** One comparison that an ordering asks for. */
export interface Comparison {
  /** Where: the values of what the ordering does not compare. */
  readonly at: Assignment;
  /** What is compared, the larger one first; a single point where it has to be between two values. */
  readonly points: readonly ComparedPoint[];
  /** The first point less the second one, run by run. */
  readonly difference?: Estimate;
  /** What the confidence intervals say. */
  readonly relation: Relation;
}

/**
 * Whether results show an ordering: `shown` where the confidence intervals of all comparisons are separated as it says,
 * `paired` where those of some overlap, but those of the differences of runs with the same seed do not reach zero,
 * `reversed` where those of one are separated the other way, `undecided` where some overlap, `unknown` where there are
 * no results.
 */
export type Verdict = 'shown' | 'paired' | 'undecided' | 'reversed' | 'unknown';

/** An ordering, held against results. */
export interface CheckedOrdering {
  /** The ordering. */
  readonly ordering: Ordering;
  /** All comparisons for which there are results. */
  readonly comparisons: readonly Comparison[];
  /** What they come to. */
  readonly verdict: Verdict;
}

/**
 * Every place at which an ordering compares, and the points that it compares there.
 *
 * @param swept - What is swept, with all values.
 * @param ordering - The ordering.
 */
export function placesOf(
  swept: ReturnType<typeof sweptParameters>,
  { order, change, where }: Ordering,
): { readonly at: Assignment; readonly points: readonly Assignment[] }[] {
  const named = new Set(Object.keys({ ...order?.[0], ...change?.from, ...change?.to }));
  const free = Object.entries(swept)
    .filter(([name]) => !named.has(name))
    .map(([name, values]) => [name, values.filter((value) => where[name]?.includes(value) ?? true)]);
  const places = combinations(Object.fromEntries(free) as ReturnType<typeof sweptParameters>);
  return places.map((at) => ({ at, points: order ?? [{}] }));
}

/**
 * Every point of a figure whose results an ordering needs.
 *
 * @param swept - What is swept, with all values.
 * @param ordering - The ordering.
 */
export function pointsOf(swept: ReturnType<typeof sweptParameters>, ordering: Ordering): Assignment[] {
  return placesOf(swept, ordering).flatMap(({ at, points }) =>
    points.flatMap((point) => endsOf(ordering).map((end) => ({ ...at, ...point, ...end }))),
  );
}

/**
 * Holds an ordering against results.
 *
 * @param results - The results.
 * @param ordering - What is said about them.
 */
export function checkOrdering(results: FigureResults, ordering: Ordering): CheckedOrdering {
  const swept = sweptParameters(results.scenario);
  const comparisons = placesOf(swept, ordering).flatMap(({ at, points }) => {
    const values = points
      .filter((point) => endsOf(ordering).every((end) => isSimulated(swept, { ...point, ...end })))
      .map((point) => {
        const runs = runsAt(results, ordering, { ...at, ...point });
        return { at: point, runs, value: results.mean(runs) };
      });
    return ordering.between === undefined
      ? pairs(values).map(([larger, smaller]) => {
          const difference = results.mean(lessOf(larger.runs, smaller.runs));
          const relation = compare(larger.value, smaller.value, difference);
          return { at, points: [larger, smaller].map(withoutRuns), difference, relation };
        })
      : values.map((point) => ({
          at,
          points: [withoutRuns(point)],
          relation: within(point.value, ordering.between ?? [0, 0]),
        }));
  });
  return { ordering, comparisons, verdict: verdictOf(comparisons) };
}

function endsOf({ change }: Ordering): readonly Assignment[] {
  return change === undefined ? [{}] : [change.from, change.to];
}

/** Of fewer points than the scenario has, such as with `--quick`, those that are there are compared. */
function isSimulated(swept: ReturnType<typeof sweptParameters>, point: Assignment): boolean {
  return Object.entries(point).every(([name, value]) => swept[name]?.includes(value) ?? false);
}

function runsAt(results: FigureResults, { metric, change }: Ordering, at: Assignment): number[] {
  if (change === undefined) return results.runs(metric, at);
  const [from, to] = [change.from, change.to].map((end) => results.runs(metric, { ...at, ...end }));
  return lessOf(to ?? [], from ?? []);
}

/** Run by run; runs that only one of both has tell nothing. */
function lessOf(values: readonly number[], others: readonly number[]): number[] {
  return values.map((value, index) => value - (others[index] ?? Number.NaN));
}

function withoutRuns({ at, value }: ComparedPoint): ComparedPoint {
  return { at, value };
}

function pairs<Item>(items: readonly Item[]): [Item, Item][] {
  return items.slice(1).map((item, index) => [items[index] ?? item, item]);
}

function within(value: Estimate, [least, most]: readonly [number, number]): Relation {
  const interval = intervalOf(value);
  if (interval === undefined) return 'unknown';
  if (interval.low >= least && interval.high <= most) return 'separated';
  return interval.high < least || interval.low > most ? 'reversed' : 'overlapping';
}

function verdictOf(comparisons: readonly Comparison[]): Verdict {
  const relations = new Set(comparisons.map(({ relation }) => relation));
  if (relations.has('reversed')) return 'reversed';
  if (relations.has('overlapping')) return 'undecided';
  if (relations.size === 0 || relations.has('unknown')) return 'unknown';
  return relations.has('paired') ? 'paired' : 'shown';
}
