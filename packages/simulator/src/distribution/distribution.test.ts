import { RserpoolError } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { checkParameters } from '../evaluation/check-parameters.ts';
import {
  createWorkshop,
  fakeMetrics,
  fakeTasks,
  runMs,
  workerHost,
  type Workshop,
} from './distribution.fixture.ts';
import { createPoolExecutor } from './pool-executor.ts';
import type { PoolExecutorEvent } from './pool-executor-event.ts';
import type { RunMetrics, RunTask } from '../experiment/runs/run-task.ts';

interface Execution {
  readonly results: Map<number, RunMetrics[]>;
  readonly events: PoolExecutorEvent[];
  readonly done: Promise<void>;
}

function execute(
  workshop: Workshop,
  tasks: Iterable<RunTask>,
  options: { readonly waitMs?: number; readonly signal?: AbortSignal; readonly modelVersion?: string } = {},
): Execution {
  const results = new Map<number, RunMetrics[]>();
  const events: PoolExecutorEvent[] = [];
  const { signal = new AbortController().signal, ...others } = options;
  const executor = createPoolExecutor({
    user: workshop.user,
    poolHandle: 'SimulationPool',
    modelVersion: 'model-1',
    onEvent: (event) => events.push(event),
    ...others,
  });
  const onResult = ({ seed }: RunTask, metrics: RunMetrics): void => {
    results.set(seed, [...(results.get(seed) ?? []), metrics]);
  };
  return { results, events, done: executor({ tasks, onResult, signal }) };
}

/** Each run counts once, with what it came to. */
function expectAllOnce(results: Execution['results'], tasks: readonly RunTask[]): void {
  const expected = tasks.map((task) => [task.seed, [fakeMetrics(task)]] as const);
  expect([...results].toSorted(([one], [other]) => one - other)).toEqual(expected);
}

describe('runs that are handed out over a pool', () => {
  it('use all slots of all workers at the same time, and no more', async () => {
    const workshop = await createWorkshop();
    await workshop.worker(1, { slots: 1 });
    await workshop.worker(2, { slots: 3 });
    const tasks = fakeTasks(40);
    const startedAt = workshop.clock.now();
    const { results, done } = execute(workshop, tasks);
    await workshop.settle(done);

    expectAllOnce(results, tasks);
    expect(workshop.busiest.get('worker-1')).toBe(1);
    expect(workshop.busiest.get('worker-2')).toBe(3);
    // Ten rounds of four runs are the least; the ends of sessions may leave a slot idle for a run.
    expect(workshop.clock.now() - startedAt).toBeLessThan(13 * runMs);
  });

  it('are all there once when a worker is killed in the middle', async () => {
    const workshop = await createWorkshop();
    await workshop.worker(1);
    await workshop.worker(2);
    const tasks = fakeTasks(30);
    const { results, events, done } = execute(workshop, tasks);
    await workshop.clock.advance(3.5 * runMs);
    workshop.network.kill(workerHost(1));
    await workshop.settle(done);

    expectAllOnce(results, tasks);
    expect(events).toContainEqual(expect.objectContaining({ type: 'workerLost', worker: 'worker-1' }));
    expect(events.filter(({ type }) => type === 'failedOver')).toHaveLength(2);
    // The results that were sent before are secured: the next worker is told so by the cookie.
    expect(workshop.workerEvents).toContainEqual(
      expect.objectContaining({ type: 'sessionStarted', done: 3 }),
    );
    expect([...workshop.simulated.values()].every((times) => times === 1)).toBe(true);
  });

  it.each([11, 12, 13, 14, 15])(
    'count once where a worker hangs and comes back, so that some are simulated twice (seed %i)',
    async (seed) => {
      const workshop = await createWorkshop(seed);
      await workshop.worker(1);
      await workshop.worker(2);
      const tasks = fakeTasks(24);
      const { results, done } = execute(workshop, tasks);
      await workshop.clock.advance(2.2 * runMs + 97 * (seed - 10));
      workshop.network.hang(workerHost(1));
      await workshop.clock.advance(5 * runMs);
      workshop.network.resume(workerHost(1));
      await workshop.settle(done);

      expectAllOnce(results, tasks);
      expect(Math.max(...workshop.simulated.values())).toBe(2);
    },
  );

  it('go on when all workers were lost and one is started again', async () => {
    const workshop = await createWorkshop();
    await workshop.worker(1);
    const tasks = fakeTasks(12);
    const { results, events, done } = execute(workshop, tasks);
    await workshop.clock.advance(2.5 * runMs);
    workshop.network.kill(workerHost(1));
    await workshop.clock.advance(10_000);
    await workshop.worker(2);
    await workshop.settle(done);

    expectAllOnce(results, tasks);
    expect(events.some(({ type }) => type === 'waiting')).toBe(true);
  });

  it('are given to a worker that joins later', async () => {
    const workshop = await createWorkshop();
    await workshop.worker(1);
    const { done } = execute(workshop, fakeTasks(40));
    await workshop.clock.advance(5 * runMs);
    await workshop.worker(2);
    await workshop.settle(done);

    expect(workshop.busiest.get('worker-2')).toBe(2);
  });

  it('wait for a worker with events, and end with a clear error where none comes', async () => {
    const workshop = await createWorkshop();
    const { events, done } = execute(workshop, fakeTasks(3), { waitMs: 20_000 });
    const startedAt = workshop.clock.now();
    const error = await workshop.settle(done).catch((reason: unknown) => reason);

    expect(RserpoolError.is(error, 'ERR_RSERPOOL_SIMULATION_WORKERS')).toBe(true);
    expect(String(error)).toContain('rserpool-sim worker');
    expect(workshop.clock.now() - startedAt).toBeGreaterThanOrEqual(20_000);
    const waits = events.filter(({ type }) => type === 'waiting');
    expect(waits.length).toBeGreaterThan(5);
    expect(Math.max(...waits.map((event) => (event.type === 'waiting' ? event.delayMs : 0)))).toBeLessThan(
      3_001,
    );
  });

  it('are refused by a worker with another model, which names both', async () => {
    const workshop = await createWorkshop();
    await workshop.worker(1, { modelVersion: 'model-0' });
    const { results, done } = execute(workshop, fakeTasks(3));
    await expect(workshop.settle(done)).rejects.toThrow(/worker-1 has model model-0, this runner model-1/u);
    expect(results.size).toBe(0);
    expect(workshop.workerEvents).toContainEqual(
      expect.objectContaining({ type: 'taskRefused', modelVersion: 'model-1' }),
    );
  });

  it('end with what a run failed of, and where', async () => {
    const workshop = await createWorkshop();
    await workshop.worker(1, { compute: async () => await Promise.reject(new Error('a broken invariant')) });
    const { done } = execute(workshop, fakeTasks(3));
    await expect(workshop.settle(done)).rejects.toThrow(/seed 1 .*a broken invariant/u);
  });

  it('end quietly when they are not wanted any more, and the worker is free again', async () => {
    const workshop = await createWorkshop();
    const worker = await workshop.worker(1);
    const stop = new AbortController();
    const { results, done } = execute(workshop, fakeTasks(30), { signal: stop.signal });
    await workshop.clock.advance(4.5 * runMs);
    stop.abort();
    await workshop.settle(done);
    await workshop.clock.advance(2 * runMs);

    expect(results.size).toBe(8);
    expect(worker.sessionCount).toBe(0);
  });
});

describe('a worker', () => {
  it('simulates nothing whose parameters cannot be, whoever asks for it', async () => {
    const workshop = await createWorkshop();
    await workshop.worker(1);
    const impossible = { ...checkParameters({}), poolElements: -1 };
    const { done } = execute(workshop, [{ parameters: impossible, seed: 1 }]);
    await expect(workshop.settle(done)).rejects.toThrow(/worker-1.*poolElements is -1/u);
    expect(workshop.simulated.size).toBe(0);
  });

  it('cuts a session that sends something else', async () => {
    const workshop = await createWorkshop();
    await workshop.worker(1);
    const session = await workshop.settle(workshop.user.connect('SimulationPool', { failover: false }));
    session.send('hello');
    await workshop.clock.advance(100);
    expect(workshop.workerEvents).toContainEqual(expect.objectContaining({ type: 'protocolViolation' }));
    expect(workshop.simulated.size).toBe(0);
  });
});
