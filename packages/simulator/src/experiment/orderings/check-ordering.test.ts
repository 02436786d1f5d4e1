import { describe, expect, it } from 'vitest';
import { FigureResults } from '../results/figure-results.ts';
import type { RunMetrics, RunTask } from '../runs/run-task.ts';
import { parseScenario } from '../scenario/read-scenario.ts';
import { sweptParameters } from '../scenario/scenario.ts';
import { type CheckedOrdering, checkOrdering, pointsOf } from './check-ordering.ts';
import { describeComparison, describeVerdict } from './describe-ordering.ts';

const scenario = (orderings: string, values = '[1, 2, 5]'): ReturnType<typeof parseScenario> =>
  parseScenario(
    'own',
    `
title: A figure
model: 2009
x: { parameter: mtbf, values: ${values}, label: MTBF }
curves: { policy: [LeastUsed, RoundRobin, Random], delay: [0, 50] }
seeds: 5
panels: [{ metric: handlingSpeed }]
orderings: [${orderings}]
`,
  );

/** The mean that a test wants at a point, and how far runs are from it. */
type Model = (parameters: RunTask['parameters']) => { mean: number; spread: number };

function check(orderings: string, model: Model, values?: string): CheckedOrdering {
  const own = scenario(orderings, values);
  const [ordering] = own.orderings;
  if (ordering === undefined) throw new Error('an ordering is needed');
  const results = (tasks: readonly RunTask[]): RunMetrics[] =>
    tasks.map(({ parameters, seed }) => {
      const { mean, spread } = model(parameters);
      return { handlingSpeed: mean + spread * (seed - 3) };
    });
  return checkOrdering(new FigureResults(own, { results }), ordering);
}

const rank = { LeastUsed: 30, RoundRobin: 20, Random: 10 } as const;
const byPolicy: Model = ({ policy, mtbf }) => ({
  mean: (rank[policy as keyof typeof rank] ?? 0) + Number(mtbf),
  spread: 0.5,
});
const ranking =
  '{ says: ranked, metric: handlingSpeed, order: [{ policy: LeastUsed }, { policy: RoundRobin }, { policy: Random }] }';

describe('an ordering', () => {
  it('is shown where all confidence intervals are separated, at every combination of the rest', () => {
    const checked = check(ranking, byPolicy);
    expect(checked.verdict).toBe('shown');
    expect(checked.comparisons).toHaveLength(3 * 2 * 2);
    expect(describeVerdict(checked)).toBe('shown (12 of 12 comparisons)');
    expect(checked.comparisons.map(describeComparison)[0]).toBe(
      'delay 0, mtbf 1: LeastUsed 31 ± 0.98 > RoundRobin 21 ± 0.98: separated',
    );
  });

  it('is undecided where intervals overlap, and reversed where they are separated the other way', () => {
    // In each policy other seeds are the lucky ones, so that differences of runs tell nothing either.
    const spreads = { LeastUsed: 10, RoundRobin: -10, Random: 10 } as const;
    const scattered: Model = (at) => ({
      ...byPolicy(at),
      spread: spreads[at.policy as keyof typeof spreads] ?? 0,
    });
    expect(check(ranking, scattered).verdict).toBe('undecided');
    const turned = check(ranking, (at) => ({ mean: -byPolicy(at).mean, spread: 0.5 }));
    expect(turned.verdict).toBe('reversed');
    const once: Model = (at) =>
      at.mtbf === 2 && at.delay === 50 ? { mean: -byPolicy(at).mean, spread: 0.5 } : byPolicy(at);
    expect(describeVerdict(check(ranking, once))).toBe('reversed (10 of 12 comparisons)');
  });

  it('is shown run by run where only the differences of runs with the same seed tell', () => {
    const checked = check(ranking, (at) => ({ ...byPolicy(at), spread: 10 }));
    expect(describeVerdict(checked)).toBe('shown run by run (0 of 12 comparisons, 12 run by run)');
    expect(checked.comparisons.map(describeComparison)[0]).toBe(
      'delay 0, mtbf 1: LeastUsed 31 ± 20 > RoundRobin 21 ± 20: paired, difference 10',
    );
  });

  it('speaks of some places only', () => {
    const some = ranking.replace(' }] }', ' }], where: { mtbf: [1, 5], delay: [50] } }');
    const checked = check(some, byPolicy);
    expect(checked.comparisons.map(({ at }) => at)).toEqual(
      [1, 1, 5, 5].map((mtbf) => ({ delay: 50, mtbf })),
    );
  });

  it('may be of changes, whose intervals follow from runs with the same seed', () => {
    const effect =
      '{ says: effect, metric: handlingSpeed, change: { from: { mtbf: 1 }, to: { mtbf: 5 } }, order: [{ policy: LeastUsed }, { policy: Random }] }';
    // Runs with one seed are all off by the same: their differences are exact, however wide the intervals of each.
    const model: Model = ({ policy, mtbf }) => ({
      mean: policy === 'LeastUsed' ? 2 * Number(mtbf) : Number(mtbf),
      spread: 50,
    });
    const checked = check(effect, model);
    expect(checked.verdict).toBe('shown');
    expect(checked.comparisons.map(describeComparison)).toEqual([
      'delay 0: LeastUsed 8 > Random 4: separated',
      'delay 50: LeastUsed 8 > Random 4: separated',
    ]);
  });

  it('may be a range, in which the whole interval has to be', () => {
    const range =
      '{ says: range, metric: handlingSpeed, between: [10, 12], where: { policy: [Random], mtbf: [1] } }';
    expect(check(range, byPolicy).verdict).toBe('shown');
    expect(check(range, (at) => ({ ...byPolicy(at), spread: 2 })).verdict).toBe('undecided');
    expect(check(range, (at) => ({ mean: 20 + byPolicy(at).mean, spread: 0.1 })).verdict).toBe('reversed');
  });

  it('needs only the points of which it speaks', () => {
    const [ordering] = scenario(
      '{ says: ends, metric: handlingSpeed, change: { from: { mtbf: 1 }, to: { mtbf: 5 } }, between: [0, 9], where: { delay: [0], policy: [Random] } }',
    ).orderings;
    if (ordering === undefined) throw new Error('an ordering is needed');
    expect(pointsOf(sweptParameters(scenario('')), ordering)).toEqual([
      { policy: 'Random', delay: 0, mtbf: 1 },
      { policy: 'Random', delay: 0, mtbf: 5 },
    ]);
  });

  it('is not simulated where its points are not', () => {
    const own = scenario(
      '{ says: falls, metric: handlingSpeed, order: [{ mtbf: 5 }, { mtbf: 2 }, { mtbf: 1 }] }',
    );
    const [ordering] = own.orderings;
    if (ordering === undefined) throw new Error('an ordering is needed');
    const results = (tasks: readonly RunTask[]): RunMetrics[] =>
      tasks.map(({ parameters }) => ({ handlingSpeed: Number(parameters.mtbf) }));
    const fewer = (values: number[]): CheckedOrdering =>
      checkOrdering(new FigureResults({ ...own, x: { ...own.x, values } }, { results }), ordering);
    // The points that are left are compared with one another.
    expect(fewer([1, 5])).toMatchObject({ verdict: 'shown' });
    expect(fewer([1, 5]).comparisons).toHaveLength(6);
    expect(fewer([1])).toMatchObject({ verdict: 'unknown', comparisons: [] });
    const none = new FigureResults(own, { results: () => [] });
    expect(checkOrdering(none, ordering).verdict).toBe('unknown');
  });
});
