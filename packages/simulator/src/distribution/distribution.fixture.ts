import { createRegistrar, type Registrar } from '@rserpool/registrar';
import { createPoolElement, createPoolUser, type LocalPoolElement, type PoolUser } from '@rserpool/session';
import {
  createMemoryNetwork,
  createVirtualClock,
  type MemoryNetwork,
  type VirtualClock,
} from '@rserpool/transport';
import { seededRandom } from '@rserpool/wire';
import { checkParameters } from '../evaluation/check-parameters.ts';
import type { RunMetrics, RunTask } from '../experiment/runs/run-task.ts';
import { serveTasks, type WorkerEvent } from './serve-tasks.ts';
import { simulationPoolElement } from './simulation-pool.ts';

/** What a fake run costs, in milliseconds of virtual time. */
export const runMs = 1000;

/** A registrar, workers and a runner's pool user, in virtual time. */
export interface Workshop {
  readonly clock: VirtualClock;
  readonly network: MemoryNetwork;
  readonly user: PoolUser;
  /** How many times each seed was simulated to its end, by any worker. */
  readonly simulated: Map<number, number>;
  /** The most runs that any worker simulated at once. */
  readonly busiest: Map<string, number>;
  readonly workerEvents: WorkerEvent[];
  /** Starts a worker on the host `10.0.1.<host>`, in the pool `SimulationPool`. */
  worker(host: number, options?: WorkerSettings): Promise<LocalPoolElement>;
  /** Lets virtual time pass until a promise is settled. */
  settle<Result>(promise: Promise<Result>, limitMs?: number): Promise<Result>;
}

/** What is special about one worker. */
export interface WorkerSettings {
  readonly slots?: number;
  readonly modelVersion?: string;
  readonly compute?: (task: RunTask) => Promise<RunMetrics>;
}

/** The address of a worker's host. */
export function workerHost(host: number): string {
  return `10.0.1.${host}`;
}

/** What a fake run comes to. */
export function fakeMetrics({ seed }: RunTask): RunMetrics {
  return { utilization: Math.sqrt(seed), failoverTime: Number.NaN };
}

/** Fake runs with the seeds 1 to `count`. */
export function fakeTasks(count: number): RunTask[] {
  const parameters = checkParameters({});
  return Array.from({ length: count }, (_, index) => ({ parameters, seed: index + 1 }));
}

/** Starts the network, a registrar and the runner's user. */
export async function createWorkshop(seed = 1): Promise<Workshop> {
  const clock = createVirtualClock();
  const network = createMemoryNetwork({ clock, random: seededRandom(seed), delayMs: 2 });
  const registrar = await startRegistrar(network, seed);
  const runnerHost = network.host('10.0.2.1');
  const user = await createPoolUser({
    transport: runnerHost.transport,
    sessionTransports: { sctp: runnerHost.transport },
    registrars: [registrar.asapEndpoint],
    profile: 'lan',
    random: seededRandom(seed + 1),
    clock: runnerHost.clock,
  });
  const simulated = new Map<number, number>();
  const busiest = new Map<string, number>();
  const workerEvents: WorkerEvent[] = [];
  const settle = async <Result>(promise: Promise<Result>, limitMs = 600_000): Promise<Result> =>
    await clock.runUntilSettled(promise, limitMs);
  return {
    clock,
    network,
    user,
    simulated,
    busiest,
    workerEvents,
    settle,
    async worker(host, settings = {}) {
      const own = network.host(workerHost(host));
      const element = await createPoolElement({
        ...simulationPoolElement('SimulationPool'),
        transport: own.transport,
        registrars: [registrar.asapEndpoint],
        profile: 'lan',
        identifier: host,
        random: seededRandom(seed * 100 + host),
        clock: own.clock,
      });
      await settle(element.registered());
      let busy = 0;
      const name = `worker-${host}`;
      const compute = async (task: RunTask): Promise<RunMetrics> => {
        busy += 1;
        busiest.set(name, Math.max(busy, busiest.get(name) ?? 0));
        await new Promise<void>((resolve) => {
          own.clock.setTimer(own.clock.now() + runMs, resolve);
        });
        busy -= 1;
        simulated.set(task.seed, (simulated.get(task.seed) ?? 0) + 1);
        return fakeMetrics(task);
      };
      void serveTasks(element, {
        name,
        slots: 2,
        modelVersion: 'model-1',
        compute,
        onEvent: (event) => workerEvents.push(event),
        ...settings,
      });
      return element;
    },
  };
}

async function startRegistrar(network: MemoryNetwork, seed: number): Promise<Registrar> {
  const host = network.host('10.0.0.1');
  return await createRegistrar({
    asap: { transport: host.transport },
    enrp: { transport: host.transport },
    peers: [],
    profile: 'lan',
    clock: host.clock,
    random: seededRandom(seed + 2),
  });
}
