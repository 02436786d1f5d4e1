import { Worker } from 'node:worker_threads';

/**
 * What is made and dropped in a run is dropped within seconds of virtual time: with room for more of it, less of what is
 * garbage already is taken for long-lived and copied.
 */
const maxYoungGenerationSizeMb = 96;

/** How a pool of threads works. */
export interface ThreadPoolOptions<Task, Result> {
  /** What the threads run: it answers each message, a task, with one message, the result. */
  readonly worker: URL;
  /** How many there are. */
  readonly jobs: number;
  /** The next task, or `undefined` where there is none. */
  readonly next: () => Task | undefined;
  /** Is given each result, in the order in which they come. What it throws ends the pool. */
  readonly onResult: (result: Result, task: Task) => void;
  /** Ends the threads where they are, without the results of what they are at. */
  readonly signal?: AbortSignal;
}

/**
 * Works off tasks in several threads until there is none left or the signal is aborted.
 *
 * @param options - The tasks and the threads.
 * @throws What a thread dies of; the others are ended as well.
 */
export async function runInThreads<Task, Result>(options: ThreadPoolOptions<Task, Result>): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  try {
    const threads = Array.from({ length: options.jobs }, async () => await runThread(options, signal));
    await Promise.all(threads);
  } finally {
    stop.abort();
  }
}

async function runThread<Task, Result>(
  { worker: url, next, onResult }: ThreadPoolOptions<Task, Result>,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const first = next();
  if (first === undefined) return;
  const worker = new Worker(url, { resourceLimits: { maxYoungGenerationSizeMb } });
  try {
    await new Promise<void>((resolve, reject) => {
      let task = first;
      signal.addEventListener('abort', () => resolve(), { once: true });
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('a thread ended before its task was done')));
      worker.on('message', (result: Result) => {
        if (signal.aborted) return;
        try {
          onResult(result, task);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          return;
        }
        const following = next();
        if (following === undefined) {
          resolve();
          return;
        }
        task = following;
        worker.postMessage(task);
      });
      worker.postMessage(first);
    });
  } finally {
    await worker.terminate();
  }
}
