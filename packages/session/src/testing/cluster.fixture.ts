import {
  type AsapRegistrarInput,
  AsapRegistrarMachine,
  type AsapRegistrarOutput,
  asapRegistrarTimingProfiles,
} from '@rserpool/asap';
import { Handlespace } from '@rserpool/handlespace';
import {
  type Clock,
  createMemoryNetwork,
  createVirtualClock,
  type Endpoint,
  type MemoryNetwork,
  type Transport,
  type VirtualClock,
} from '@rserpool/transport';
import { AssociationTable, MachineDriver } from '@rserpool/transport/internal';
import { type AsapMessage, seededRandom } from '@rserpool/wire';
import { asapProtocol } from '../asap-protocol.ts';
import { createPoolElement } from '../create-pool-element.ts';
import { createPoolUser } from '../create-pool-user.ts';
import type { LocalPoolElement, PoolElementOptions } from '../local-pool-element.ts';
import type { PoolUser, PoolUserOptions } from '../pool-user.ts';
import type { ServedSession } from '../served-session.ts';

const registrarAddress = '10.0.0.1';

/** A registrar (ASAP side only), any number of elements and users, on a network in virtual time. */
export interface Cluster {
  readonly clock: VirtualClock;
  readonly network: MemoryNetwork;
  readonly handlespace: Handlespace;
  /** What the registrar received, in order. */
  readonly received: AsapMessage[];
  /** Creates an element on a host of its own, `10.0.1.<host>`, and waits until it is registered. */
  element(host: number, options?: Partial<PoolElementOptions>): Promise<LocalPoolElement>;
  /** Creates a pool user on a host of its own, `10.0.2.<host>`. */
  user(host: number, options?: Partial<PoolUserOptions>): Promise<PoolUser>;
  /** Lets virtual time pass until a promise is settled, and returns what it gives. */
  settle<Result>(promise: Promise<Result>, limitMs?: number): Promise<Result>;
}

/** The address of an element's host. */
export function elementHost(host: number): string {
  return `10.0.1.${host}`;
}

/** Starts the network and the registrar. */
export async function createCluster(seed = 1, delayMs = 1): Promise<Cluster> {
  const clock = createVirtualClock();
  const network = createMemoryNetwork({ clock, random: seededRandom(seed), delayMs });
  const received: AsapMessage[] = [];
  const handlespace = new Handlespace({ random: seededRandom(seed + 1) });
  const { transport, clock: registrarClock } = network.host(registrarAddress);
  await startRegistrar({ transport, clock: registrarClock, handlespace, seed, port: 3863, received });

  const settle = async <Result>(promise: Promise<Result>, limitMs = 60_000): Promise<Result> =>
    await clock.runUntilSettled(promise, limitMs);

  return {
    clock,
    network,
    handlespace,
    received,
    settle,
    async element(number, options) {
      const address = elementHost(number);
      const own = network.host(address);
      const element = await createPoolElement({
        transport: own.transport,
        poolHandle: 'TestPool',
        registrars: [`${registrarAddress}:3863`],
        listen: { addresses: [address], port: 7000 },
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
        registrars: [`${registrarAddress}:3863`],
        profile: 'lan',
        random: seededRandom(seed * 2000 + number),
        clock: own.clock,
        ...options,
      });
    },
  };
}

/** A service whose state is one number: each message adds one, the cookie and the answer have the sum. */
export async function serveCounter(session: ServedSession): Promise<void> {
  let count = Number(textOf(session.restoredState) || 0);
  for await (const _message of session) {
    count += 1;
    if (session.hasControlChannel) session.setCookie(String(count));
    session.send(String(count));
  }
}

/** Bytes as text. */
export function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

/** Starts the ASAP side of a registrar on any transport. */
export async function startRegistrar(options: {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly handlespace: Handlespace;
  readonly seed: number;
  readonly port: number;
  readonly received: AsapMessage[];
}): Promise<Endpoint> {
  const { transport, clock, handlespace, seed, port, received } = options;
  const endpoint = await transport.bind({ port, heartbeat: { intervalMs: 100, maximumMissed: 3 } });
  let last = 0;
  const allocateAssociation = (): number => ++last;
  const driver: MachineDriver<AsapRegistrarInput, AsapRegistrarOutput> = new MachineDriver({
    machine: new AsapRegistrarMachine({
      handlespace,
      serverIdentifier: 0x1234,
      random: seededRandom(seed + 2),
      allocateAssociation,
      timing: asapRegistrarTimingProfiles.lan,
    }),
    clock,
    onOutput: (output: AsapRegistrarOutput) => {
      if (output.type !== 'event' && output.type !== 'handleUpdate') table.perform(output);
    },
  });
  const table = new AssociationTable<AsapMessage>({
    endpoint,
    protocol: asapProtocol,
    allocateAssociation,
    feed: (input) => {
      if (input.type === 'message') received.push(input.message);
      driver.input(input);
    },
  });
  return endpoint;
}
