import type { PoolUser } from '@rserpool/session';
import { createRealClock, secureRandom } from '@rserpool/transport';
import { RserpoolError } from '@rserpool/wire';
import {
  CalcAppWorkload,
  type CalcAppWorkloadOptions,
  type PlannedJob,
} from '../machine/calc-app/calc-app-workload.ts';
import {
  handlingTimeMs,
  JobStatistics,
  type JobSummary,
  type JobTimes,
} from '../machine/calc-app/job-statistics.ts';
import { pause } from '../pause.ts';
import { calculateJob, type CalculateJobOptions } from './calculate-job.ts';

/** What happens to the jobs of a client. */
export type CalcAppClientEvent =
  /** It is a job's turn. */
  | {
      readonly type: 'jobStarted';
      readonly jobIdentifier: number;
      readonly jobSize: number;
      readonly queuingDelayMs: number;
    }
  /** A job is done. */
  | ({
      readonly type: 'jobCompleted';
      readonly jobIdentifier: number;
      readonly handlingTimeMs: number;
    } & JobTimes)
  /** A job is not done; the next one follows. */
  | { readonly type: 'jobFailed'; readonly jobIdentifier: number; readonly error: RserpoolError };

/** Options of {@link runCalcAppClient}; a signal ends the client. */
export interface CalcAppClientOptions
  extends CalcAppWorkloadOptions,
    Omit<CalculateJobOptions, 'jobIdentifier' | 'jobSize'> {
  /** How many jobs there are; `Infinity` by default, until the signal comes. */
  readonly jobs?: number;
  /** Is told what happens to the jobs. */
  readonly onEvent?: (event: CalcAppClientEvent) => void;
}

/**
 * Runs a CalcApp client: jobs come due at random, and are calculated one after the other by the elements of the pool.
 *
 * @param user - The pool user, with `sessionTransports`.
 * @param options - The jobs, times, limits.
 * @returns What came of the jobs, also where the signal ended it.
 * @example
 * ```ts
 * import type { PoolUser } from '@rserpool/session';
 * import { runCalcAppClient } from '@rserpool/services';
 *
 * declare const user: PoolUser;
 * const summary = await runCalcAppClient(user, { jobs: 10, jobSize: 1e6, jobIntervalMs: 2_000 });
 * console.log(summary.completed, 'jobs at', summary.handlingSpeed, 'calculations a second');
 * ```
 */
export async function runCalcAppClient(
  user: PoolUser,
  options: CalcAppClientOptions = {},
): Promise<JobSummary> {
  const clock = options.clock ?? createRealClock({ keepProcessAlive: true });
  const random = options.random ?? secureRandom();
  const { jobs = Infinity, signal, onEvent } = options;
  const workload = new CalcAppWorkload(options, random);
  const statistics = new JobStatistics();
  const startedAt = clock.now();
  const isAborted = (): boolean => signal?.aborted ?? false;

  const perform = async (job: PlannedJob): Promise<void> => {
    const { jobIdentifier, jobSize } = job;
    const takenAt = clock.now();
    const queuingDelayMs = Math.max(0, takenAt - startedAt - job.dueMs);
    onEvent?.({ type: 'jobStarted', jobIdentifier, jobSize, queuingDelayMs });
    const { acceptedAt, completedAt } = await calculateJob(user, {
      ...options,
      jobIdentifier,
      jobSize,
      clock,
      random,
    });
    const times = {
      jobSize,
      queuingDelayMs,
      startupDelayMs: acceptedAt - takenAt,
      processingTimeMs: completedAt - acceptedAt,
    };
    statistics.completed(times);
    onEvent?.({ type: 'jobCompleted', jobIdentifier, ...times, handlingTimeMs: handlingTimeMs(times) });
  };

  for (let count = 0; count < jobs && !isAborted(); count++) {
    const job = workload.next();
    try {
      await pause(clock, Math.max(0, startedAt + job.dueMs - clock.now()), signal);
      await perform(job);
    } catch (error) {
      if (isAborted()) break;
      if (!RserpoolError.is(error)) throw error;
      statistics.failed();
      onEvent?.({ type: 'jobFailed', jobIdentifier: job.jobIdentifier, error });
    }
  }
  return statistics.summary;
}
