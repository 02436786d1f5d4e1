import { createRegistrar, type Registrar } from '@rserpool/registrar';
import {
  createPoolElement,
  createPoolUser,
  type LocalPoolElement,
  type PoolElementOptions,
  type PoolUser,
  type PoolUserOptions,
} from '@rserpool/session';
import {
  type Clock,
  createMemoryNetwork,
  createVirtualClock,
  type MemoryNetwork,
  type VirtualClock,
} from '@rserpool/transport';
import { seededRandom } from '@rserpool/wire';

/** A registrar, and elements and users on hosts of their own, in virtual time. */
export interface Cluster {
  readonly clock: VirtualClock;
  readonly network: MemoryNetwork;
  readonly registrar: Registrar;
  /** Creates an element on the host `10.0.1.<number>` with that number as its identifier, and waits until it is registered. */
  element(
    number: number,
    options: Pick<PoolElementOptions, 'poolHandle'> & Partial<PoolElementOptions>,
  ): Promise<LocalPoolElement>;
  /** The clock of an element's host, which stops when the host is killed. */
  elementClock(number: number): Clock;
  /** Kills the host of an element. */
  kill(number: number): void;
  /** Lets an element's host hang: it is silent from now on. */
  hang(number: number): void;
  /** Creates a pool user. */
  user(number: number, options?: Partial<PoolUserOptions>): Promise<PoolUser>;
  /** Lets virtual time pass until a promise is settled, and returns what it gives. */
  settle<Result>(promise: Promise<Result>, limitMs?: number): Promise<Result>;
}

/** Starts the network and the registrar. */
export async function createCluster(seed = 1): Promise<Cluster> {
  const clock = createVirtualClock();
  const network = createMemoryNetwork({ clock, random: seededRandom(seed), delayMs: 1 });
  const settle = async <Result>(promise: Promise<Result>, limitMs = 60_000): Promise<Result> =>
    await clock.runUntilSettled(promise, limitMs);
  const host = network.host('10.0.0.1');
  const registrar = await createRegistrar({
    asap: { transport: host.transport },
    enrp: { transport: host.transport },
    peers: [],
    profile: 'lan',
    clock: host.clock,
    random: seededRandom(seed + 1),
  });
  await clock.advance(1000);
  const registrars = [registrar.asapEndpoint];
  const elementHost = (number: number): ReturnType<MemoryNetwork['host']> => network.host(`10.0.1.${number}`);
  return {
    clock,
    network,
    registrar,
    settle,
    elementClock: (number) => elementHost(number).clock,
    kill: (number) => network.kill(`10.0.1.${number}`),
    hang: (number) => network.hang(`10.0.1.${number}`),
    async element(number, options) {
      const own = elementHost(number);
      const element = await createPoolElement({
        transport: own.transport,
        registrars,
        profile: 'lan',
        identifier: number,
        random: seededRandom(seed * 1000 + number),
        clock: own.clock,
        ...options,
      });
      await settle(element.registered());
      return element;
    },
    async user(number, options) {
      const own = network.host(`10.0.2.${number}`);
      return await createPoolUser({
        transport: own.transport,
        sessionTransports: { sctp: own.transport },
        registrars,
        profile: 'lan',
        random: seededRandom(seed * 2000 + number),
        clock: own.clock,
        ...options,
      });
    },
  };
}
