import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { simulateRun } from '../evaluation/simulate-run.ts';
import type { RunExecutor, RunTask } from '../experiment/runs/run-task.ts';
import { ScenarioLibrary } from '../experiment/scenario/scenario-library.ts';
import type { Context } from './context.ts';
import { runProgram } from './program.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rserpool-sim-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** A figure of half a minute with three elements. */
const scenario = `
title: A small figure
model: 2009
fixed: { poolElements: 3, poolUsers: 6, size: 1e6, warmup: 10, duration: 30 }
x: { parameter: mtbf, values: [2, 5, 100], label: MTBF }
curves: { policy: [LeastUsed, Random] }
seeds: 3
panels: [{ metric: utilization }, { metric: handlingSpeed }]
orderings:
  - { says: More failures lose more., metric: lostCalculations, order: [{ mtbf: 2 }, { mtbf: 100 }] }
`;

interface Ran {
  readonly exitCode: number;
  readonly lines: string[];
  readonly notes: string[];
  readonly simulated: RunTask[];
}

/** How the tasks of an executor are ordered, and after how many it is interrupted. */
interface Run {
  readonly order?: (tasks: RunTask[]) => RunTask[];
  readonly interruptAfter?: number;
}

async function run(
  argv: readonly string[],
  { order = (tasks) => tasks, interruptAfter }: Run = {},
): Promise<Ran> {
  const stop = new AbortController();
  const lines: string[] = [];
  const notes: string[] = [];
  const simulated: RunTask[] = [];
  const executor: RunExecutor = async ({ tasks, onResult, signal }) => {
    for (const task of order([...tasks])) {
      await Promise.resolve();
      if (simulated.length === interruptAfter) stop.abort();
      if (signal.aborted) return;
      simulated.push(task);
      onResult(task, simulateRun(task.parameters, task.seed).metrics);
    }
  };
  const context: Context = {
    seedWorker: new URL('file:///none.js'),
    runWorker: new URL('file:///none.js'),
    executor: () => executor,
    library: new ScenarioLibrary(new URL('../../scenarios/', import.meta.url)),
    line: (text) => lines.push(text),
    note: (text) => notes.push(text),
    progressStream: undefined,
    signal: stop.signal,
    exitCode: 0,
  };
  return { exitCode: await runProgram(argv, context), lines, notes, simulated };
}

function filesOf(out: string): Record<string, string> {
  const names = readdirSync(out).filter((name) => name !== 'runs.jsonl');
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(out, name), 'utf8')]));
}

const own = (): string => {
  const file = join(directory, 'own.yaml');
  writeFileSync(file, scenario);
  return file;
};

describe('rserpool-sim list', () => {
  it('shows the figures of the papers', async () => {
    const { lines, exitCode } = await run(['list']);
    expect(exitCode).toBe(0);
    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe(
      'figure-7       Dynamic pools with clean shutdowns (2009 paper, figure 7): 81 points with 24 runs each',
    );
    expect(lines[7]).toContain('a formula');
  });
});

describe('rserpool-sim run', () => {
  it('writes results, plots and a report, the same to the byte in whatever order runs end', async () => {
    const file = own();
    const outs = ['one', 'other'].map((name) => join(directory, name));
    const orders: Run[] = [{}, { order: (tasks) => tasks.toReversed() }];
    for (const [index, order] of orders.entries()) {
      const { exitCode, simulated } = await run(['run', file, '--out', outs[index] ?? ''], order);
      expect([exitCode, simulated.length]).toEqual([0, 18]);
    }
    const [files, others] = outs.map(filesOf);
    expect(Object.keys(files ?? {}).toSorted()).toEqual(['own.csv', 'own.json', 'own.svg', 'report.html']);
    expect(files).toEqual(others);
    expect(files?.['own.csv']).toMatch(
      /^figure,policy,mtbf,metric,mean,halfWidth,runs\nown,LeastUsed,2,utilization,/u,
    );
    const report = files?.['report.html'] ?? '';
    expect(report).toContain('More failures lose more.');
    expect(report).toContain('<svg ');
    expect(report).not.toMatch(/undefined|NaN|\[object/u);
  });

  it('is interrupted without loss, and goes on where it was', async () => {
    const argv = ['run', own(), '--out', join(directory, 'out')];
    const first = await run(argv, { interruptAfter: 7 });
    expect(first.exitCode).toBe(130);
    expect(first.notes.at(-1)).toBe('interrupted: 7 runs are kept; the same command goes on');
    const second = await run(argv);
    expect([second.exitCode, second.simulated.length]).toEqual([0, 11]);
    expect(second.notes[0]).toMatch(/^18 runs; 7 of them are in .*out already or the same as others$/u);
    const third = await run(argv);
    expect([third.exitCode, third.simulated.length]).toEqual([0, 0]);
  });

  it('takes other parameters, seeds and points', async () => {
    const argv = ['run', own(), '--out', join(directory, 'out'), '--quick', '--seeds', '1'];
    const { simulated } = await run([...argv, '--set', 'delay=50', '--set', 'policy=RoundRobin']);
    expect(
      simulated.map(({ parameters, seed }) => [parameters.policy, parameters.delay, parameters.mtbf, seed]),
    ).toEqual([
      ['RoundRobin', 50, 2, 1],
      ['RoundRobin', 50, 100, 1],
    ]);
  });

  it('draws the figure of the formula without a run', async () => {
    const out = join(directory, 'out');
    const { simulated, exitCode } = await run(['run', 'figure-14', '--out', out]);
    expect([exitCode, simulated.length]).toEqual([0, 0]);
    // Half an interval is lost with each failure: of 2 handling times 1 % are 0.02, which are half of 1/25.
    const line = /^figure-14,2,0\.99,cookiesPerRequest,([\d.]+),0,1$/mu.exec(
      filesOf(out)['figure-14.csv'] ?? '',
    );
    expect(Number(line?.[1])).toBeCloseTo(25, 6);
  });

  it.each([
    [['run', 'figure-1'], "there is no scenario 'figure-1'; allowed are figure-7"],
    [['run', 'figure-7', '--set', 'speed=1'], '--set speed=1 is not understood; allowed is name=value'],
    [['run', 'figure-7', '--seeds', '0'], 'Allowed is a whole number from 1 to 10000'],
    [
      ['cell', '--mtbf', '-1'],
      "option '--mtbf <value>' argument '-1' is invalid. Allowed is a number, more than 0",
    ],
    [['cell', '--availability', '0.5', '--downtime', '0'], 'downtime has to be more than 0'],
    [['plot'], "unknown command 'plot'"],
    [[], 'a command is missing'],
  ])('says what is wrong with %j, and ends with 2', async (argv, message) => {
    const { exitCode, notes } = await run(argv);
    expect(exitCode).toBe(2);
    expect(notes.join('\n')).toContain(message);
  });
});

describe('rserpool-sim cell', () => {
  const small = [
    '--pool-elements',
    '3',
    '--pool-users',
    '6',
    '--size',
    '1e6',
    '--warmup',
    '10',
    '--duration',
    '30',
  ];

  it('prints every metric as one JSON object', async () => {
    const { lines, exitCode } = await run(['cell', ...small, '--seeds', '2', '--mtbf', '5', '--json']);
    expect([exitCode, lines.length]).toEqual([0, 1]);
    const metrics = JSON.parse(lines[0] ?? '') as Record<
      string,
      { mean: number; halfWidth: number; runs: number }
    >;
    for (const name of [
      'utilization',
      'handlingSpeed',
      'completedRequests',
      'asapPackets',
      'cookies',
      'lostCalculations',
    ]) {
      expect(metrics[name]).toEqual({
        mean: expect.any(Number) as number,
        halfWidth: expect.any(Number) as number,
        runs: 2,
      });
    }
  });

  it('has an option for every parameter, and the defaults of its model', async () => {
    const { simulated } = await run([
      'cell',
      '--model',
      '2005',
      '--seeds',
      '1',
      '--duration',
      '20',
      '--cookie',
      'never',
    ]);
    expect(simulated[0]?.parameters).toMatchObject({
      model: '2005',
      poolElements: 9,
      duration: 20,
      cookie: 'never',
    });
    const { lines } = await run(['cell', '--help']);
    for (const option of [
      '--max-bad-pe-reports',
      '--job-keepalive',
      '--stale-cache',
      '--capacity-distribution',
    ]) {
      expect(lines.join('\n')).toContain(option);
    }
  });

  it('prints a table for people', async () => {
    const { lines } = await run(['cell', ...small, '--seeds', '2']);
    expect(lines[0]).toMatch(/^Average system utilization +\d[\d.]* ± [\d.e-]+ %$/u);
  });
});

describe('rserpool-sim orderings', () => {
  it('simulates the points of which something is said, and ends with one JSON line', async () => {
    const { lines, simulated, exitCode } = await run(['orderings', own(), '--out', join(directory, 'out')]);
    expect(new Set(simulated.map(({ parameters }) => parameters.mtbf))).toEqual(new Set([2, 100]));
    expect(simulated).toHaveLength(12);
    const summary = JSON.parse(lines.at(-1) ?? '') as Record<string, number>;
    expect(summary).toMatchObject({ orderings: 1, reversed: 0, unknown: 0 });
    expect(exitCode).toBe(summary['shown'] === 1 ? 0 : 1);
  });
});
