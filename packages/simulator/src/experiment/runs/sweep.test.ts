import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkParameters } from '../../evaluation/check-parameters.ts';
import { runKey } from './run-key.ts';
import { RunStore } from './run-store.ts';
import type { RunExecutor, RunMetrics, RunTask } from './run-task.ts';
import { Sweep } from './sweep.ts';

let directory = '';
let file = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rserpool-sweep-'));
  file = join(directory, 'results', 'runs.jsonl');
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const tasks: RunTask[] = [1, 2, 3, 4].flatMap((seed) =>
  [2, 5].map((mtbf) => ({ parameters: checkParameters({ mtbf }), seed })),
);
const metricsOf = ({ parameters, seed }: RunTask): RunMetrics => ({
  utilization: seed / 3 + Number(parameters.mtbf),
  failoverTime: Number.NaN,
});
const going = new AbortController().signal;

/** Answers in another order than it is asked, as threads do. */
function executor(order: (tasks: RunTask[]) => RunTask[], simulated: RunTask[] = []): RunExecutor {
  return async (work) => {
    for (const task of order([...work.tasks])) {
      await Promise.resolve();
      if (work.signal.aborted) return;
      simulated.push(task);
      work.onResult(task, metricsOf(task));
    }
  };
}

describe('a sweep', () => {
  it('has the same results in the same order, whichever run ends first', async () => {
    const sweep = new Sweep({
      store: new RunStore(file),
      executor: executor((some) => some.toReversed()),
      version: '1',
    });
    await sweep.run(tasks, going, () => undefined);
    expect(sweep.results(tasks)).toEqual(tasks.map(metricsOf));
  });

  it('simulates nothing twice, not even after a restart', async () => {
    const simulated: RunTask[] = [];
    const options = { executor: executor((some) => some, simulated), version: '1' };
    await new Sweep({ ...options, store: new RunStore(file) }).run(tasks.slice(0, 3), going, () => undefined);
    const again = new Sweep({ ...options, store: new RunStore(file) });
    expect(again.missing([...tasks, ...tasks])).toEqual(tasks.slice(3));
    await again.run([...tasks, ...tasks], going, () => undefined);
    expect(simulated).toEqual(tasks);
    expect(again.results(tasks)).toEqual(tasks.map(metricsOf));
  });

  it('keeps what is finished when it is interrupted, and says so by the reason', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    let ended = 0;
    const sweep = new Sweep({ store: new RunStore(file), executor: executor((some) => some), version: '1' });
    const running = sweep.run(tasks, stop.signal, () => {
      ended += 1;
      if (ended === 2) stop.abort(reason);
    });
    await expect(running).rejects.toBe(reason);
    expect(new RunStore(file).size).toBe(2);
  });

  it('simulates anew what another version of the model had simulated', async () => {
    const options = { store: new RunStore(file), executor: executor((some) => some) };
    await new Sweep({ ...options, version: '1' }).run(tasks, going, () => undefined);
    expect(new Sweep({ ...options, version: '2' }).missing(tasks)).toEqual(tasks);
  });
});

describe('the file of finished runs', () => {
  it('is read although its last line is torn, and goes on behind it', () => {
    const store = new RunStore(file);
    store.add('a', 1, { utilization: 0.1 + 0.2 });
    store.add('b', 2, { utilization: 60 });
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -9));
    const torn = new RunStore(file);
    expect([torn.size, torn.damagedLines, torn.get('b')]).toEqual([1, 1, undefined]);
    torn.add('b', 2, { utilization: 60 });
    const healed = new RunStore(file);
    expect([healed.size, healed.damagedLines]).toEqual([2, 1]);
    expect(healed.get('a')).toEqual({ utilization: 0.1 + 0.2 });
    expect(healed.get('b')).toEqual({ utilization: 60 });
  });

  it('passes over lines that are something else', () => {
    new RunStore(file).add('a', 1, { utilization: 1 });
    appendFileSync(file, 'null\n[]\n{"key":1}\n{"key":"x","metrics":null}\n"text"\n');
    const store = new RunStore(file);
    expect([store.size, store.damagedLines]).toEqual([1, 5]);
  });

  it('gives back every number to the last bit', () => {
    const store = new RunStore(file);
    const written = new Map<string, number>();
    fc.assert(
      fc.property(fc.double(), (value) => {
        const key = `run ${written.size}`;
        written.set(key, value);
        store.add(key, 1, { value });
      }),
      { numRuns: 200 },
    );
    const read = new RunStore(file);
    for (const [key, value] of written) {
      // What is no finite number is no value; a zero has no sign in JSON.
      const expected = Number.isFinite(value) ? value + 0 : Number.NaN;
      expect(read.get(key)?.['value']).toBe(expected);
    }
  });
});

describe('the key of a run', () => {
  it('follows from parameters, seed and version, not from the order in which they are written', () => {
    const parameters = checkParameters({ mtbf: 5 });
    const turned = Object.fromEntries(Object.entries(parameters).toReversed()) as typeof parameters;
    const key = runKey('1', { parameters, seed: 1 });
    expect(key).toMatch(/^[0-9a-f]{24}$/u);
    expect(runKey('1', { parameters: turned, seed: 1 })).toBe(key);
    const others = [
      runKey('2', { parameters, seed: 1 }),
      runKey('1', { parameters, seed: 2 }),
      runKey('1', { parameters: checkParameters({ mtbf: 2 }), seed: 1 }),
    ];
    expect(new Set([key, ...others]).size).toBe(4);
  });
});
