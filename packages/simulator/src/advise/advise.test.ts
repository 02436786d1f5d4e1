import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunParameters } from '../evaluation/parameters.ts';
import type { RunExecutor, RunMetrics, RunTask } from '../experiment/runs/run-task.ts';
import { estimate } from '../experiment/statistics/estimate.ts';
import { candidatesOf, equationOne, firstChoice } from './candidates.ts';
import { choose, speedTolerance, unseenTolerance } from './choose.ts';
import { describeRecommendation, recommendationToPlain } from './describe-recommendation.ts';
import type { Outcome } from './evaluate-candidates.ts';
import { type PoolDescription, runLengths } from './pool-description.ts';
import { countRuns, type Recommendation, recommend } from './recommend.ts';

const pool: PoolDescription = {
  capacities: Array.from({ length: 10 }, () => 1e6),
  size: 1e7,
  rate: 0.6,
  users: 100,
  mtbf: 50,
  downtime: 0,
  delay: 10,
  goodput: 0.98,
  objective: 'speed',
  model: '2009',
};

/** What a run comes to in a world whose laws are known. */
type Law = (parameters: RunParameters, seed: number) => Partial<Record<string, number>>;

const policySpeeds: Readonly<Partial<Record<RunParameters['policy'], number>>> = {
  LeastUsed: 80,
  WeightedRoundRobin: 60,
  RoundRobin: 50,
  Random: 30,
};

/** Least Used is fastest, keep-alives cost messages and bring speed, half a cookie interval is lost at each failure. */
const law: Law = ({ policy, jobKeepalive, endpointKeepalive, cookie, duration }, seed) => {
  const interval = cookie === 'never' ? 1e8 : cookie;
  return {
    handlingSpeed: (policySpeeds[policy] ?? 10) - 2 * jobKeepalive - interval / 1e7 + 5 * Math.sin(seed),
    applicationPackets: (duration * 100) / jobKeepalive,
    asapPackets: (duration * 10) / endpointKeepalive,
    cookies: (duration * 1e6) / interval,
    goodput: 100,
    lostCalculations: interval / 1e6,
  };
};

interface Advice {
  readonly recommendation: Recommendation;
  readonly tasks: readonly RunTask[];
}

async function advise(values: Partial<PoolDescription> = {}, laws: Law = law, seeds = 4): Promise<Advice> {
  const tasks: RunTask[] = [];
  // The last one first: what comes out must not depend on the order.
  const executor: RunExecutor = async (work) => {
    for (const task of [...work.tasks].toReversed()) {
      await Promise.resolve();
      tasks.push(task);
      work.onResult(task, laws(task.parameters, task.seed) as RunMetrics);
    }
  };
  const recommendation = await recommend({ ...pool, ...values }, runLengths.quick, {
    executor,
    seeds,
    signal: new AbortController().signal,
    onRun: () => undefined,
  });
  return { recommendation, tasks };
}

describe('an advice', () => {
  it('is the fastest policy, cookies within the goodput, and the keep-alives that are worth their messages', async () => {
    const { choice, stages, warnings } = (await advise()).recommendation;
    expect(choice).toMatchObject({
      policy: 'LeastUsed',
      // Four times equation (1) would lose more than 2 %, a quarter of it has more cookies and is hardly faster.
      cookie: 2e6,
      // Of 0.2, 0.5, 1, 2, 5 and 10 s the longest that has lost less than one per cent of speed.
      jobKeepalive: 0.5,
      // Makes no difference in speed here: the one with the fewest messages.
      endpointKeepalive: 30,
    });
    expect(stages.map(({ stage }) => stage)).toEqual([
      'policy',
      'cookie',
      'sessionKeepAlive',
      'endpointKeepAlive',
    ]);
    expect(stages.at(-1)?.warnings[0]).toContain('No difference');
    expect(warnings).toEqual([]);
  });

  it('gives up speed for messages where these are what counts', async () => {
    const { choice } = (await advise({ objective: 'cost' })).recommendation;
    expect(choice).toMatchObject({ policy: 'LeastUsed', jobKeepalive: 2 });
  });

  it('simulates all candidates with the same seeds, as many runs as were announced', async () => {
    const { tasks } = await advise({}, law, 3);
    expect(tasks).toHaveLength(countRuns(pool, 3));
    const runsOf = (seed: number): number => tasks.filter((task) => task.seed === seed).length;
    expect([1, 2, 3].map(runsOf)).toEqual([1, 2, 3].map(() => tasks.length / 3));
  });

  it('considers weights, and passes on the capacities, where the elements differ', async () => {
    const capacities = [1e6, 1e6, 4e6];
    const { recommendation, tasks } = await advise({ capacities, rate: 0.3, users: 30 });
    const labels = recommendation.stages[0]?.outcomes.map(({ candidate }) => candidate.label);
    expect(labels).toEqual(['LeastUsed', 'RoundRobin', 'Random', 'WeightedRoundRobin', 'WeightedRandom']);
    expect(tasks[0]?.parameters).toMatchObject({ capacities, capacityMean: 2e6, poolElements: 3 });
  });

  it('asks for what the description says: rate, failures, delay', async () => {
    const { tasks } = await advise();
    expect(tasks[0]?.parameters).toMatchObject({
      requestInterval: 100 / 0.6,
      mtbf: 5,
      mtbfSize: 1e7,
      capacityMean: 1e6,
      delay: 10,
    });
  });

  it('says that a pool is too small, and simulates nothing', async () => {
    const { recommendation, tasks } = await advise({ rate: 1.2 });
    expect(tasks).toEqual([]);
    expect(countRuns({ ...pool, rate: 1.2 }, 4)).toBe(0);
    expect(recommendation.choice).toBeUndefined();
    expect(recommendation.warnings[0]).toMatch(/Overload: .* 120 % .* 18 elements/u);
    expect(describeRecommendation(recommendation)).toContain('Overload');
  });

  it.each([
    [{ rate: 0.9 }, 4, /90 % of the capacity/u],
    [{}, 3, /3 seeds say little/u],
    [{ mtbf: 1e7 }, 4, /rests on equation \(1\)/u],
  ])('warns of what makes it doubtful: %j with %i seeds', async (values, seeds, warning) => {
    const { recommendation } = await advise(values, law, seeds);
    expect(recommendation.warnings.join('\n')).toMatch(warning);
  });

  it('says that it sees no difference where runs differ more than policies do', async () => {
    const noisy: Law = ({ policy }, seed) => ({
      handlingSpeed: 50 + 20 * Math.sin(seed * policy.length),
      goodput: 100,
      lostCalculations: 0,
    });
    const [policies] = (await advise({}, noisy)).recommendation.stages;
    expect(policies?.warnings.join()).toContain('No difference in speed seen');
  });

  it('pays no messages for a speed that may be chance', async () => {
    // Longer keep-alives are up to 3 % slower here, in runs that differ by far more from one another.
    const noisy: Law = (parameters, seed) => ({
      ...law(parameters, seed),
      handlingSpeed: 50 - parameters.jobKeepalive / 7 + 10 * Math.sin(seed * 1e3 * parameters.jobKeepalive),
    });
    const [, , keepAlives] = (await advise({}, noisy, 8)).recommendation.stages;
    const messages = keepAlives?.outcomes.map(({ messagesPerSecond }) => messagesPerSecond.mean ?? 0) ?? [];
    const { chosen, fastest } = keepAlives ?? {};
    expect(chosen).not.toBe(fastest);
    expect(chosen?.messagesPerSecond.mean).toBeLessThan(Math.max(...messages) / 2);
  });

  it('warns where no cookie interval keeps the goodput', async () => {
    const lossy: Law = (parameters, seed) => ({ ...law(parameters, seed), lostCalculations: 50 });
    const cookies = (await advise({}, lossy)).recommendation.stages[1];
    expect(cookies?.warnings[0]).toContain('No cookie interval keeps the lost work at 2 %');
  });

  it('needs no cookies where nothing fails', async () => {
    const { choice, equationOne: equation } = (await advise({ mtbf: 'never' })).recommendation;
    expect(choice?.cookie).toBe('never');
    expect(equation).toBe('never');
  });

  it.each([
    [{ capacities: [] }, /capacities/u],
    [{ size: -1, goodput: 1 }, /size.*goodput/u],
    [{ users: 0.5 }, /users/u],
  ])('refuses a description that cannot be: %j', async (values, message) => {
    await expect(advise(values)).rejects.toThrow(message);
  });

  it('is told as text and as JSON', async () => {
    const { recommendation } = await advise();
    const text = describeRecommendation(recommendation);
    expect(text).toContain('CookieMaxCalcs = -2 * 50 s * 1000000/s * (0.98 - 1) = 2000000 calculations');
    expect(text).toMatch(/^\* +LeastUsed /mu);
    const plain = JSON.parse(JSON.stringify(recommendationToPlain(recommendation))) as Record<
      string,
      unknown
    >;
    expect(plain).toMatchObject({
      equationOne: expect.closeTo(2e6, 3),
      choice: { policy: 'LeastUsed' },
      stages: [{ stage: 'policy', chosen: 'LeastUsed' }, {}, {}, {}],
    });
  });
});

describe('equation (1) of the 2009 paper', () => {
  it('is -2 MTBF capacity (goodput - 1), with the average capacity', () => {
    expect(equationOne(pool)).toBeCloseTo(2e6, 3);
    expect(equationOne({ ...pool, capacities: [1e6, 3e6], mtbf: 100, goodput: 0.99 })).toBeCloseTo(4e6, 3);
  });
});

describe('the choice among candidates', () => {
  const outcome = fc
    .tuple(
      fc.array(fc.double({ min: 1, max: 100, noNaN: true }), { minLength: 4, maxLength: 4 }),
      fc.nat(100),
    )
    .map(([speeds, messages]): Outcome => {
      const [candidate] = candidatesOf('policy', pool, firstChoice(pool));
      if (candidate === undefined) throw new Error('there are policies');
      const known = (value: number): Outcome['utilization'] => estimate([value]);
      return {
        candidate,
        utilization: known(60),
        handlingSpeed: estimate(speeds),
        messagesPerSecond: known(messages),
        lostWork: known(0),
        failures: known(10),
        speeds,
      };
    });

  it.each(['speed', 'cost'] as const)(
    'is fast enough, and none that is costs less: objective %s',
    (objective) => {
      fc.assert(
        fc.property(fc.array(outcome, { minLength: 1, maxLength: 6 }), (outcomes) => {
          const { chosen } = choose('policy', outcomes, { ...pool, objective });
          const speeds = outcomes.map(({ handlingSpeed }) => handlingSpeed.mean ?? 0);
          const needed = Math.max(...speeds) * (1 - speedTolerance[objective]);
          const costs = outcomes
            .filter(({ handlingSpeed }) => (handlingSpeed.mean ?? 0) >= needed)
            .map(({ messagesPerSecond }) => messagesPerSecond.mean ?? 0);
          const least = Math.max(...speeds) * (1 - Math.max(speedTolerance[objective], unseenTolerance));
          expect(chosen.handlingSpeed.mean).toBeGreaterThanOrEqual(least);
          expect(chosen.messagesPerSecond.mean).toBeLessThanOrEqual(Math.min(...costs));
        }),
      );
    },
  );
});
