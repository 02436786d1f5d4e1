import { RserpoolError } from '@rserpool/wire';
import { runInThreads } from '../../threads/thread-pool.ts';
import type { RunAnswer } from './run-worker.ts';
import type { RunExecutor, RunTask } from './run-task.ts';

/**
 * Simulates runs in threads of this process.
 *
 * @param worker - What the threads run; it calls `serveRuns`.
 * @param threads - How many there are.
 */
export function threadExecutor(worker: URL, threads: number): RunExecutor {
  return async ({ tasks, onResult, signal }) => {
    const iterator = tasks[Symbol.iterator]();
    await runInThreads<RunTask, RunAnswer>({
      worker,
      jobs: threads,
      next: () => iterator.next().value as RunTask | undefined,
      onResult: (answer, task) => {
        if (!answer.ok) throw failedRun(task, answer.reason);
        onResult(task, answer.metrics);
      },
      signal,
    });
  };
}

/**
 * The error of a run that cannot be simulated.
 *
 * @param task - The run.
 * @param reason - What is wrong with it.
 */
export function failedRun({ parameters, seed }: RunTask, reason: string): RserpoolError {
  return new RserpoolError(
    'ERR_RSERPOOL_RUN_FAILED',
    `the run with seed ${seed} of ${JSON.stringify(parameters)} failed: ${reason}`,
  );
}
