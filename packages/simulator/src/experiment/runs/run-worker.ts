import type { MessagePort } from 'node:worker_threads';
import { simulateRun } from '../../evaluation/simulate-run.ts';
import type { RunMetrics, RunTask } from './run-task.ts';

/** What a thread answers: the metrics of the run, or why there are none. */
export type RunAnswer =
  | { readonly ok: true; readonly metrics: RunMetrics }
  | { readonly ok: false; readonly reason: string };

/**
 * Simulates each task that comes in, and answers with its metrics.
 *
 * @param port - Where tasks come from.
 */
export function serveRuns(port: MessagePort): void {
  port.on('message', (task: RunTask) => port.postMessage(answerTo(task)));
}

function answerTo({ parameters, seed }: RunTask): RunAnswer {
  try {
    return { ok: true, metrics: simulateRun(parameters, seed).metrics };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
