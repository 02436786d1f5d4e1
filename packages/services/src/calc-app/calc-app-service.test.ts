import type { LocalPoolElement } from '@rserpool/session';
import { seededRandom } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import type { CalcAppJobEvent } from '../machine/calc-app/calc-app-job-types.ts';
import type { CalcAppServerOptions } from '../machine/calc-app/calc-app-server-options.ts';
import { type Cluster, createCluster } from '../testing/cluster.fixture.ts';
import { tellLoad } from '../tell-load.ts';
import { type CalcAppService, createCalcAppService } from './calc-app-service.ts';
import { calculateJob, type CalculateJobOptions } from './calculate-job.ts';
import { type CalcAppClientEvent, runCalcAppClient } from './run-calc-app-client.ts';

interface Pool {
  readonly cluster: Cluster;
  readonly services: Map<number, CalcAppService>;
  readonly elements: Map<number, LocalPoolElement>;
}

async function start(elements: number, options: Partial<CalcAppServerOptions> = {}): Promise<Pool> {
  const cluster = await createCluster();
  const pool: Pool = { cluster, services: new Map(), elements: new Map() };
  for (let number = 1; number <= elements; number++) {
    const element = await cluster.element(number, {
      poolHandle: 'CalcAppPool',
      policy: { type: 'leastUsed', load: 0 },
    });
    const service = createCalcAppService({
      capacity: 1000,
      keepAliveIntervalMs: 500,
      keepAliveTimeoutMs: 500,
      ...options,
      clock: cluster.elementClock(number),
      onLoad: tellLoad(element),
    });
    pool.services.set(number, service);
    pool.elements.set(number, element);
    void element.serve(service.serve);
  }
  return pool;
}

const client = (
  cluster: Cluster,
): Pick<CalculateJobOptions, 'clock' | 'random' | 'keepAliveIntervalMs' | 'keepAliveTimeoutMs'> => ({
  clock: cluster.clock,
  random: seededRandom(7),
  keepAliveIntervalMs: 500,
  keepAliveTimeoutMs: 500,
});

const busy = ({ services }: Pool): number => [...services].find(([, { jobs }]) => jobs > 0)?.[0] ?? 0;

describe('CalcApp in a pool', () => {
  it('calculates a job in the time that its size takes', async () => {
    const { cluster } = await start(1);
    const user = await cluster.user(1);
    const job = calculateJob(user, { jobIdentifier: 1, jobSize: 2000, ...client(cluster) });
    const { acceptedAt, completedAt } = await cluster.settle(job);
    expect(completedAt - acceptedAt).toBeCloseTo(2000, 0);
  });

  it('spreads jobs over the elements by their load', async () => {
    const pool = await start(3);
    const jobs = [1, 2, 3].map(async (number) => {
      const user = await pool.cluster.user(number);
      return await calculateJob(user, { jobIdentifier: number, jobSize: 1000, ...client(pool.cluster) });
    });
    void Promise.allSettled(jobs);
    await pool.cluster.clock.advance(500);
    expect([...pool.services.values()].map((service) => service.jobs)).toEqual([1, 1, 1]);
    await pool.cluster.settle(Promise.all(jobs));
  });

  it('goes on from the cookie when its element is killed: no more than one cookie interval is lost', async () => {
    const pool = await start(2, { cookieMaximumCalculations: 400 });
    const { cluster } = pool;
    const user = await cluster.user(1);
    const events: CalcAppJobEvent[] = [];
    const job = calculateJob(user, {
      jobIdentifier: 1,
      jobSize: 3000,
      ...client(cluster),
      onJobEvent: (event) => events.push(event),
    });
    await cluster.clock.advance(1500);
    const first = busy(pool);
    cluster.kill(first);
    const { acceptedAt, completedAt } = await cluster.settle(job);
    expect(events.filter(({ type }) => type === 'requested')).toEqual([
      { type: 'requested', withCookie: false },
      { type: 'requested', withCookie: true },
    ]);
    const lost = [...pool.services.values()].reduce(
      (sum, service) => sum + service.calculationsPerformed,
      -3000,
    );
    expect(lost).toBeLessThanOrEqual(401);
    expect(completedAt - acceptedAt).toBeLessThan(3000 + 401 + 500);
  });

  it('begins anew where no cookie was secured', async () => {
    const pool = await start(2, { cookieMaximumCalculations: Infinity });
    const { cluster } = pool;
    const user = await cluster.user(1);
    const job = calculateJob(user, { jobIdentifier: 1, jobSize: 1000, ...client(cluster) });
    await cluster.clock.advance(600);
    cluster.kill(busy(pool));
    const { acceptedAt, completedAt } = await cluster.settle(job);
    expect(completedAt - acceptedAt).toBeGreaterThan(1500);
  });

  it('loses no work when an element leaves', async () => {
    const pool = await start(2, { cookieMaximumCalculations: Infinity });
    const { cluster } = pool;
    const user = await cluster.user(1);
    const job = calculateJob(user, { jobIdentifier: 1, jobSize: 3000, ...client(cluster) });
    await cluster.clock.advance(1000);
    const first = busy(pool);
    const leaving = pool.elements.get(first)?.drain();
    pool.services.get(first)?.shutDown();
    await cluster.settle(job);
    await cluster.settle(leaving ?? Promise.resolve());
    const performed = [...pool.services.values()].reduce(
      (sum, service) => sum + service.calculationsPerformed,
      0,
    );
    expect(performed).toBeGreaterThanOrEqual(2999);
    expect(performed).toBeLessThanOrEqual(3001);
  });

  it('waits behind a rejection until there is room', async () => {
    const { cluster } = await start(1, { maximumJobs: 1 });
    const users = [await cluster.user(1), await cluster.user(2)];
    const events: CalcAppJobEvent[] = [];
    const jobs = users.map(async (user, index) =>
      calculateJob(user, {
        jobIdentifier: index,
        jobSize: 1500,
        ...client(cluster),
        retryDelayMs: 200,
        onJobEvent: (event) => events.push(event),
      }),
    );
    await cluster.settle(Promise.all(jobs));
    expect(events).toContainEqual(expect.objectContaining({ type: 'attemptFailed', failure: 'rejected' }));
  });

  it('ends with an error where no element ever has room', async () => {
    const { cluster } = await start(1, { maximumJobs: 1 });
    const [holder, unlucky] = [await cluster.user(1), await cluster.user(2)];
    const held = new AbortController();
    const holding = calculateJob(holder, {
      jobIdentifier: 1,
      jobSize: 1e9,
      ...client(cluster),
      signal: held.signal,
    });
    const outcome = holding.then(
      () => 'done',
      (error: unknown) => String(error),
    );
    await cluster.clock.advance(100);
    const job = calculateJob(unlucky, {
      jobIdentifier: 2,
      jobSize: 1,
      ...client(cluster),
      retryDelayMs: 50,
      maximumAttempts: 3,
    });
    await expect(cluster.settle(job)).rejects.toThrow('ERR_RSERPOOL_JOB_FAILED');
    held.abort(new Error('enough'));
    await cluster.clock.advance(1000);
    expect(await outcome).toContain('enough');
  });

  it('drops the job of a user that hangs', async () => {
    const pool = await start(1, { cookieMaximumTimeMs: Infinity });
    const { cluster } = pool;
    const user = await cluster.user(1, { timing: { heartbeatIntervalMs: 1e9 } });
    void calculateJob(user, { jobIdentifier: 1, jobSize: 1e6, ...client(cluster) }).catch(() => undefined);
    await cluster.clock.advance(400);
    expect(pool.services.get(1)?.jobs).toBe(1);
    cluster.network.hang('10.0.2.1');
    await cluster.clock.advance(1500);
    expect(pool.services.get(1)?.jobs).toBe(0);
  });
});

describe('a CalcApp client', () => {
  it('has its jobs calculated one after the other, and sums up', async () => {
    const { cluster } = await start(1);
    const user = await cluster.user(1);
    const events: CalcAppClientEvent[] = [];
    const running = runCalcAppClient(user, {
      ...client(cluster),
      jobs: 3,
      jobSize: 1000,
      jobIntervalMs: 100,
      distribution: 'constant',
      onEvent: (event) => events.push(event),
    });
    const summary = await cluster.settle(running);
    expect(events.map(({ type, jobIdentifier }) => `${type} ${jobIdentifier}`)).toEqual([
      'jobStarted 1',
      'jobCompleted 1',
      'jobStarted 2',
      'jobCompleted 2',
      'jobStarted 3',
      'jobCompleted 3',
    ]);
    expect(summary).toMatchObject({ completed: 3, failed: 0, calculations: 3000 });
    expect(summary.processingSpeed).toBeGreaterThan(950);
    // The second job was due after 100 ms and had to wait for the first one, the third for both.
    expect(summary.queuingDelayMs).toBeGreaterThan((900 + 1800) / 3);
  });

  it('tells of a job that failed, and goes on with the next', async () => {
    const { cluster } = await start(1, { maximumJobs: 1 });
    const [holder, user] = [await cluster.user(1), await cluster.user(2)];
    const holding = calculateJob(holder, { jobIdentifier: 1, jobSize: 1500, ...client(cluster) });
    await cluster.clock.advance(100);
    const running = runCalcAppClient(user, {
      ...client(cluster),
      jobs: 2,
      jobSize: 10,
      jobIntervalMs: 3000,
      distribution: 'constant',
      retryDelayMs: 10,
      maximumAttempts: 2,
    });
    expect(await cluster.settle(running)).toMatchObject({ completed: 1, failed: 1 });
    await cluster.settle(holding);
  });

  it('ends when its signal comes, with what there is', async () => {
    const { cluster } = await start(1);
    const user = await cluster.user(1);
    const stop = new AbortController();
    cluster.clock.setTimer(cluster.clock.now() + 2500, () => stop.abort());
    const running = runCalcAppClient(user, {
      ...client(cluster),
      jobSize: 1000,
      jobIntervalMs: 1,
      distribution: 'constant',
      signal: stop.signal,
    });
    expect(await cluster.settle(running)).toMatchObject({ completed: 2, failed: 0 });
  });
});
