import { afterEach, describe, expect, it } from 'vitest';
import { checkParameters } from '../evaluation/check-parameters.ts';
import type { RunTask } from '../experiment/runs/run-task.ts';
import { ThreadCrew } from './thread-crew.ts';

/** A thread that counts what it is asked, fails at the seed 13, ends at 14 and throws at 15. */
const script = `
  import { parentPort, threadId } from 'node:worker_threads';
  let asked = 0;
  parentPort.on('message', ({ seed }) => {
    asked += 1;
    if (seed === 14) process.exit(3);
    if (seed === 15) throw new Error('out of luck');
    if (seed === 13) parentPort.postMessage({ ok: false, reason: 'a broken invariant' });
    else parentPort.postMessage({ ok: true, metrics: { seed, asked, threadId } });
  });`;
const file = new URL(`data:text/javascript,${encodeURIComponent(script)}`);
const crew = new ThreadCrew(file);
const parameters = checkParameters({});
const task = (seed: number): RunTask => ({ parameters, seed });

afterEach(async () => await crew.close());

describe('a crew of threads', () => {
  it('keeps its threads, one for each run that is asked for at the same time', async () => {
    const one = await crew.run(task(1));
    const two = await crew.run(task(2));
    expect([one, two]).toMatchObject([
      { seed: 1, asked: 1 },
      { seed: 2, asked: 2 },
    ]);
    const both = await Promise.all([crew.run(task(3)), crew.run(task(4))]);
    expect(both.map(({ seed }) => seed)).toEqual([3, 4]);
    expect(new Set(both.map(({ threadId }) => threadId)).size).toBe(2);
  });

  it.each([
    [13, /a broken invariant/u],
    [14, /ended with code 3/u],
    [15, /out of luck/u],
  ])('says why there is no result, and goes on with the next run (seed %i)', async (seed, reason) => {
    const own = new ThreadCrew(file);
    await expect(own.run(task(seed))).rejects.toThrow(reason);
    expect(await own.run(task(1))).toMatchObject({ seed: 1 });
    await own.close();
  });
});
