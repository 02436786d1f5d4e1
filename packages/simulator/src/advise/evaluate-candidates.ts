import { checkParameters } from '../evaluation/check-parameters.ts';
import type { RunParameters } from '../evaluation/parameters.ts';
import type { RunExecutor, RunMetrics, RunTask } from '../experiment/runs/run-task.ts';
import { estimate, type Estimate } from '../experiment/statistics/estimate.ts';
import type { Candidate } from './candidates.ts';

/** What was simulated of one candidate. */
export interface Outcome {
  readonly candidate: Candidate;
  /** The share of the capacity that was used, in per cent. */
  readonly utilization: Estimate;
  /** How fast requests were handled, in per cent of the mean capacity. */
  readonly handlingSpeed: Estimate;
  /** All messages of all components, a second. */
  readonly messagesPerSecond: Estimate;
  /** Work that had to be done again, in per cent of all work. */
  readonly lostWork: Estimate;
  /** Failures of elements in a run. */
  readonly failures: Estimate;
  /** The handling speed of each run, in the order of the seeds: candidates are compared seed by seed. */
  readonly speeds: readonly number[];
}

/** How candidates are simulated. */
export interface EvaluationOptions {
  readonly executor: RunExecutor;
  /** How many runs each candidate has: the seeds 1 to this number. */
  readonly seeds: number;
  readonly signal: AbortSignal;
  /** Is told of each run that has ended. */
  readonly onRun: () => void;
}

/**
 * Simulates candidates, all with the same seeds: they see the same requests and the same failures.
 *
 * @param candidates - The candidates.
 * @param base - The parameters that they have in common.
 * @param options - What simulates, how often.
 * @throws What the executor rejects with, and the reason of the signal.
 */
export async function evaluateCandidates(
  candidates: readonly Candidate[],
  base: Partial<RunParameters>,
  options: EvaluationOptions,
): Promise<readonly Outcome[]> {
  const cells = candidates.map((candidate) => ({
    candidate,
    parameters: checkParameters({ ...base, ...candidate.choice }),
  }));
  const tasks = cells.flatMap(({ parameters }) =>
    Array.from({ length: options.seeds }, (_, index): RunTask => ({ parameters, seed: index + 1 })),
  );
  const results = new Map<RunTask, RunMetrics>();
  await options.executor({
    tasks,
    onResult: (task, metrics) => {
      results.set(task, metrics);
      options.onRun();
    },
    signal: options.signal,
  });
  options.signal.throwIfAborted();
  return cells.map(({ candidate, parameters }, cell) => {
    const own = tasks.slice(cell * options.seeds, (cell + 1) * options.seeds);
    const runs = own.flatMap((task): readonly RunMetrics[] => {
      const metrics = results.get(task);
      return metrics === undefined ? [] : [metrics];
    });
    return outcomeOf(candidate, parameters, runs);
  });
}

function outcomeOf(candidate: Candidate, { duration }: RunParameters, runs: readonly RunMetrics[]): Outcome {
  const of = (measure: (metrics: RunMetrics) => number): Estimate => estimate(runs.map(measure));
  return {
    candidate,
    utilization: of(({ utilization = Number.NaN }) => utilization),
    handlingSpeed: of(({ handlingSpeed = Number.NaN }) => handlingSpeed),
    messagesPerSecond: of((metrics) => allMessages(metrics) / duration),
    lostWork: of(({ goodput = 0, lostCalculations = 0 }) => {
      const work = goodput + lostCalculations;
      return work === 0 ? 0 : (100 * lostCalculations) / work;
    }),
    failures: of(({ failures = 0 }) => failures),
    speeds: runs.map(({ handlingSpeed = Number.NaN }) => handlingSpeed),
  };
}

const messageMetrics = [
  'asapPackets',
  'enrpPackets',
  'cookies',
  'cookieEchoes',
  'applicationPackets',
] as const;

function allMessages(metrics: RunMetrics): number {
  return messageMetrics.reduce((sum, name) => sum + (metrics[name] ?? 0), 0);
}
