import { formatNumber } from '../experiment/statistics/format.ts';
import {
  candidatesOf,
  type Choice,
  equationOne,
  firstChoice,
  type StageName,
  stageNames,
} from './candidates.ts';
import { choose, type Decision } from './choose.ts';
import { evaluateCandidates, type EvaluationOptions, type Outcome } from './evaluate-candidates.ts';
import {
  baseParameters,
  checkPool,
  expectedFailures,
  offeredLoad,
  type PoolDescription,
  type RunLength,
  totalCapacity,
} from './pool-description.ts';

/** What one stage of the search has come to. */
export interface StageResult extends Decision {
  readonly stage: StageName;
  /** All candidates, in the order in which they were thought of. */
  readonly outcomes: readonly Outcome[];
}

/** What is recommended for a pool. */
export interface Recommendation {
  readonly pool: PoolDescription;
  /** The share of the capacity that users ask for. */
  readonly offeredLoad: number;
  /** Equation (1) of the 2009 paper: calculations between two cookies. */
  readonly equationOne: number | 'never';
  /** What to set; `undefined` where nothing helps, because the pool is too small. */
  readonly choice: Choice | undefined;
  /** The stages that led there. */
  readonly stages: readonly StageResult[];
  /** What speaks against trusting the numbers. */
  readonly warnings: readonly string[];
  /** How many seeds each candidate was simulated with. */
  readonly seeds: number;
  /** How long each run was measured, in seconds of virtual time. */
  readonly duration: number;
}

/** From this load on a pool has hardly anything left for failures. */
const highLoad = 0.85;
/** What a pool is sized for where it is told how many elements it needs. */
const comfortableLoad = 0.7;
/** Fewer say nothing about how much runs differ. */
const fewSeeds = 4;
/** Fewer failures in a run leave what depends on them to chance. */
const fewFailures = 10;

/** How many runs a recommendation takes. */
export function countRuns(pool: PoolDescription, seeds: number): number {
  if (offeredLoad(pool) >= 1) return 0;
  const first = firstChoice(pool);
  return stageNames.reduce((sum, stage) => sum + candidatesOf(stage, pool, first).length, 0) * seeds;
}

/**
 * Recommends policy, cookie interval, session keep-alives, and endpoint keep-alives with the threshold of failure
 * reports, one after the other: each stage is simulated with what the stages before it have chosen. The same description
 * and number of seeds give the same recommendation.
 *
 * @param pool - The pool.
 * @param length - How long a run is to be.
 * @param options - What simulates, how many seeds.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for a wrong description; what the executor rejects with.
 */
export async function recommend(
  pool: PoolDescription,
  length: RunLength,
  options: EvaluationOptions,
): Promise<Recommendation> {
  checkPool(pool);
  const base = baseParameters(pool, length);
  const duration = base.duration ?? 0;
  const load = offeredLoad(pool);
  const known = {
    pool,
    offeredLoad: load,
    equationOne: equationOne(pool),
    seeds: options.seeds,
    duration,
  };
  if (load >= 1) return { ...known, choice: undefined, stages: [], warnings: [overload(pool, load)] };
  const stages: StageResult[] = [];
  let choice = firstChoice(pool);
  for (const stage of stageNames) {
    const outcomes = await evaluateCandidates(candidatesOf(stage, pool, choice), base, options);
    const decision = choose(stage, outcomes, pool);
    stages.push({ stage, outcomes, ...decision });
    choice = decision.chosen.candidate.choice;
  }
  const warnings = [...generalWarnings(pool, load, options.seeds, duration), ...saturation(stages)];
  return { ...known, choice, stages, warnings };
}

function overload(pool: PoolDescription, load: number): string {
  const average = totalCapacity(pool) / pool.capacities.length;
  const needed = Math.ceil((pool.rate * pool.size) / (average * comfortableLoad));
  return `Overload: the users ask for ${percent(load)} of the pool's capacity, so that the queues grow without end whatever is set. ${needed} elements of the average capacity would bring it to ${percent(comfortableLoad)}.`;
}

function generalWarnings(
  pool: PoolDescription,
  load: number,
  seeds: number,
  duration: number,
): readonly string[] {
  const warnings: string[] = [];
  if (load >= highLoad) {
    warnings.push(
      `The users ask for ${percent(load)} of the capacity: what failures destroy can hardly be made up for, and small changes of the load have large effects.`,
    );
  }
  if (seeds < fewSeeds) {
    warnings.push(`${seeds} seeds say little about how much runs differ: use --seeds ${fewSeeds} or more.`);
  }
  const failures = expectedFailures(pool, duration);
  if (pool.mtbf !== 'never' && failures < fewFailures) {
    warnings.push(
      `A run has ${formatNumber(failures, 2)} failures on average: what depends on failures rests on equation (1) and on the intervals as such, hardly on what was simulated.`,
    );
  }
  return warnings;
}

function saturation(stages: readonly StageResult[]): readonly string[] {
  const utilization = stages.at(-1)?.chosen.utilization.mean ?? 0;
  return utilization < 95
    ? []
    : [
        `Even with these values the elements are ${formatNumber(utilization, 3)} % busy, since work is done again after failures: the handling speed depends on how long the pool runs.`,
      ];
}

function percent(share: number): string {
  return `${formatNumber(100 * share, 3)} %`;
}
