import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { RserpoolError } from '@rserpool/wire';
import type { RunAnswer } from '../experiment/runs/run-worker.ts';
import type { RunMetrics, RunTask } from '../experiment/runs/run-task.ts';

/**
 * Threads that simulate one run at a time each, when somebody asks. They are started when they are needed, and kept:
 * meanwhile the process that asks is free to answer keep-alives.
 */
export class ThreadCrew {
  readonly #worker: URL;
  readonly #idle: Worker[] = [];
  readonly #all: Set<Worker> = new Set();

  /**
   * @param worker - What the threads run; it answers each task with one message.
   */
  constructor(worker: URL) {
    this.#worker = worker;
  }

  /**
   * Simulates a run; as many at a time as are asked for, so that whoever asks bounds it.
   *
   * @param task - The run.
   * @throws RserpoolError `ERR_RSERPOOL_RUN_FAILED` with the reason, also where the thread died.
   */
  async run(task: RunTask): Promise<RunMetrics> {
    const thread = this.#idle.pop() ?? this.#start();
    const answer = await this.#ask(thread, task);
    this.#idle.push(thread);
    if (answer.ok) return answer.metrics;
    throw new RserpoolError('ERR_RSERPOOL_RUN_FAILED', answer.reason);
  }

  /** Ends all threads, whatever they are at. */
  async close(): Promise<void> {
    await Promise.all([...this.#all].map(async (thread) => await thread.terminate()));
  }

  #start(): Worker {
    const thread = new Worker(this.#worker);
    this.#all.add(thread);
    return thread;
  }

  async #ask(thread: Worker, task: RunTask): Promise<RunAnswer> {
    const settled = new AbortController();
    const { signal } = settled;
    try {
      thread.postMessage(task);
      // Of `once` the first one that comes settles it, and the listeners of the other one are taken away.
      const [answer] = await Promise.race([once(thread, 'message', { signal }), ended(thread, signal)]);
      return answer as RunAnswer;
    } catch (error) {
      this.#all.delete(thread);
      const reason = error instanceof Error ? error.message : String(error);
      throw new RserpoolError('ERR_RSERPOOL_RUN_FAILED', reason, { cause: error });
    } finally {
      settled.abort();
    }
  }
}

async function ended(thread: Worker, signal: AbortSignal): Promise<never> {
  const [code] = await once(thread, 'exit', { signal });
  throw new Error(`its thread ended with code ${String(code)}`);
}
