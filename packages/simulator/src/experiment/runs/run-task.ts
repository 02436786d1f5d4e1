import type { RunParameters } from '../../evaluation/parameters.ts';

/** One run to simulate. */
export interface RunTask {
  /** What is simulated. */
  readonly parameters: RunParameters;
  /** What all its random numbers follow from. */
  readonly seed: number;
}

/** Every metric of a run by its name; not a number where the run has none, such as the failover time without one. */
export type RunMetrics = Readonly<Record<string, number>>;

/** Runs to simulate, and where their metrics go. */
export interface RunWork {
  /** The runs. Taken one by one as there is room; each is given to `onResult` once, in whatever order they end. */
  readonly tasks: Iterable<RunTask>;
  /** Is given the metrics of each run. */
  readonly onResult: (task: RunTask, metrics: RunMetrics) => void;
  /** Is aborted when no more are wanted: the executor ends what it has begun without results, and returns. */
  readonly signal: AbortSignal;
}

/**
 * Simulates runs somewhere: in threads of this process, or on other machines.
 *
 * Resolves when all are done or the signal is aborted; rejects with an `RserpoolError` that names the run where one
 * cannot be simulated.
 */
export type RunExecutor = (work: RunWork) => Promise<void>;
