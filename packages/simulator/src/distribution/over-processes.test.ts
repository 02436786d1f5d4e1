import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseRemoteEndpoint } from '@rserpool/wire';
import { afterEach, describe, expect, it } from 'vitest';
import { checkParameters } from '../evaluation/check-parameters.ts';
import { simulateRun } from '../evaluation/simulate-run.ts';
import { modelVersion } from '../experiment/runs/model-version.ts';
import type { RunMetrics, RunTask } from '../experiment/runs/run-task.ts';
import { createPoolExecutor } from './pool-executor.ts';
import type { PoolExecutorEvent } from './pool-executor-event.ts';
import { openPoolUser } from './pool-options.ts';

const root = new URL('../../../../', import.meta.url);
const children: ChildProcess[] = [];

/** One event of a process, as it prints it. */
type PrintedEvent = Readonly<Record<string, unknown>>;

/** Starts a command of this repository that prints an event a line. */
function start(
  bin: string,
  args: readonly string[],
): { child: ChildProcess; events: AsyncIterator<PrintedEvent> } {
  const path = fileURLToPath(new URL(bin, root));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return { child, events: printed(child) };
}

async function* printed(child: ChildProcess): AsyncGenerator<PrintedEvent> {
  if (child.stdout === null) return;
  for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as PrintedEvent;
}

/** The next event of a type. */
async function until(events: AsyncIterator<PrintedEvent>, type: string): Promise<PrintedEvent> {
  for (;;) {
    const { done, value } = await events.next();
    if (done === true) throw new Error(`the process ended before it printed ${type}`);
    if (value['type'] === type) return value;
  }
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe('runs that are handed out to processes over SCTP', () => {
  it('are all there once, and the same as here, when a worker is killed in the middle', async () => {
    // The commands run what is built; two of them must not build at the same time.
    const built = spawnSync(process.execPath, [fileURLToPath(new URL('scripts/build.mjs', root))]);
    expect(built.status).toBe(0);
    const registrar = start('packages/cli/bin/rserpool.js', [
      'registrar',
      ...['--asap', '127.0.0.1:0', '--enrp', '127.0.0.1:0', '--profile', 'rfc', '--json'],
    ]);
    const { asap } = await until(registrar.events, 'listening');
    const options = ['--registrar', String(asap), '--profile', 'rfc', '--slots', '1', '--json'];
    const workers = new Map(
      ['red', 'blue'].map((name) => [
        name,
        start('packages/simulator/bin/rserpool-sim.js', ['worker', '--name', name, ...options]),
      ]),
    );
    for (const { events } of workers.values()) await until(events, 'registered');

    const parameters = checkParameters({
      ...{ poolElements: 3, poolUsers: 12, mtbf: 3, cookie: 1e6, warmup: 60, duration: 200 },
    });
    const tasks: RunTask[] = Array.from({ length: 12 }, (_, index) => ({ parameters, seed: index + 1 }));
    const results = new Map<number, RunMetrics[]>();
    const poolEvents: PoolExecutorEvent[] = [];
    await using user = await openPoolUser({
      registrar: [parseRemoteEndpoint(String(asap))],
      profile: 'rfc',
      carrier: 'udp',
      encapsulationPort: 'sctp-port',
      workerTimeout: 60,
    });
    const execute = createPoolExecutor({
      user,
      poolHandle: 'SimulationPool',
      modelVersion: modelVersion(),
      onEvent: (event) => poolEvents.push(event),
    });
    // With the third result of twelve, whoever was first to take part has a run at hand or is about to get one.
    let victim: string | undefined;
    await execute({
      tasks,
      onResult: ({ seed }, metrics) => {
        results.set(seed, [...(results.get(seed) ?? []), metrics]);
        if (results.size < 3 || victim !== undefined) return;
        victim = poolEvents.flatMap((event) => (event.type === 'workerJoined' ? [event.worker] : []))[0];
        if (victim !== undefined) workers.get(victim)?.child.kill('SIGKILL');
      },
      signal: new AbortController().signal,
    });

    const expected = tasks.map(({ seed }) => [seed, [simulateRun(parameters, seed).metrics]] as const);
    expect([...results].toSorted(([one], [other]) => one - other)).toEqual(expected);
    expect(victim).toBeDefined();
    expect(poolEvents).toContainEqual(expect.objectContaining({ type: 'workerLost', worker: victim }));
    expect(poolEvents.some(({ type }) => type === 'failedOver')).toBe(true);
  }, 300_000);
});
