import { describe, expect, it } from 'vitest';
import { runInThreads, type ThreadPoolOptions } from './thread-pool.ts';

/** A thread that doubles numbers, dies of 13 and never answers to 99. */
const worker = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', (task) => {
      if (task === 13) throw new Error('unlucky');
      if (task === 77) process.exit(0);
      if (task !== 99) parentPort.postMessage(2 * task);
    });
  `)}`,
);

async function run(
  tasks: number[],
  options: Partial<ThreadPoolOptions<number, number>> = {},
): Promise<Map<number, number>> {
  const results = new Map<number, number>();
  await runInThreads<number, number>({
    worker,
    jobs: 3,
    next: () => tasks.shift(),
    onResult: (result, task) => results.set(task, result),
    ...options,
  });
  return results;
}

describe('a pool of threads', () => {
  it('works off all tasks, and tells with each result whose it is', async () => {
    const results = await run([1, 2, 3, 4, 5, 6, 7]);
    expect([...results].toSorted(([one], [other]) => one - other)).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((task) => [task, 2 * task]),
    );
  });

  it('starts no thread that has nothing to do', async () => {
    expect(await run([], { worker: new URL('file:///nowhere.js') })).toEqual(new Map());
  });

  it('ends with the error of a thread, whatever the others are at', async () => {
    await expect(run([99, 13, 99])).rejects.toThrow('unlucky');
    await expect(run([99, 77])).rejects.toThrow('a thread ended before its task was done');
  });

  it('ends with the error of whom it gives results to', async () => {
    const onResult = (): void => {
      throw new Error('the disk is full');
    };
    await expect(run([99, 1], { onResult })).rejects.toThrow('the disk is full');
  });

  it('ends where the signal is aborted, without waiting for what threads are at', async () => {
    const stop = new AbortController();
    const onResult = (): void => stop.abort();
    await expect(run([99, 1, 2], { onResult, signal: stop.signal, jobs: 2 })).resolves.toEqual(new Map());
    await expect(run([1], { signal: stop.signal })).resolves.toEqual(new Map());
  });
});
