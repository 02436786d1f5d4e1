import { Worker } from 'node:worker_threads';
import type { SimulationResult } from '../run/simulation.ts';
import type { SeedTask } from './seed-worker.ts';

/** How a pool of threads works. */
export interface SeedPoolOptions {
  /** What the threads run. */
  readonly worker: URL;
  /** How many there are. */
  readonly jobs: number;
  /** The next task, or `undefined` where there is none. */
  readonly next: () => SeedTask | undefined;
  /** Is given each result, in the order in which they come. */
  readonly onResult: (result: SimulationResult) => void;
}

/**
 * Simulates seeds in several threads until there is none left.
 *
 * @param options - The seeds and the threads.
 */
export async function runSeeds(options: SeedPoolOptions): Promise<void> {
  await Promise.all(Array.from({ length: options.jobs }, async () => await runThread(options)));
}

async function runThread({ worker: url, next, onResult }: SeedPoolOptions): Promise<void> {
  const first = next();
  if (first === undefined) return;
  const worker = new Worker(url);
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('error', reject);
      worker.on('message', (result: SimulationResult) => {
        onResult(result);
        const task = next();
        if (task === undefined) resolve();
        else worker.postMessage(task);
      });
      worker.postMessage(first);
    });
  } finally {
    await worker.terminate();
  }
}
