import {
  bytesToHex,
  formatIpAddress,
  type IpAddress,
  parseIpAddress,
  type RandomSource,
  RserpoolError,
  seededRandom,
} from '@rserpool/wire';
import { realClock } from '../clock/real-clock.ts';
import type { Clock } from '../contract/clock.ts';
import type { Transport } from '../contract/transport.ts';
import type { MemoryGroup } from './memory-groups.ts';
import { HostNode, type MemoryHost } from './memory-host.ts';
import type { MemoryLink } from './memory-link.ts';
import { memoryTransport } from './memory-transport.ts';
import { PathModel, type PathOptions } from './path-model.ts';

/** Options of {@link createMemoryNetwork}. */
export interface MemoryNetworkOptions extends PathOptions {
  /** Virtual or real time; {@link realClock} by default. */
  readonly clock?: Clock;
  /** Draws jitter and losses; `seededRandom(1)` by default, so that a run repeats itself in virtual time. */
  readonly random?: RandomSource;
  /**
   * How long a graceful close waits for the peer, in milliseconds; 5000 by default. What was sent is delivered even
   * later, once the peer takes it.
   */
  readonly closeTimeoutMs?: number;
}

/** Names a host: itself, or one of its addresses as text. */
export type HostReference = MemoryHost | string;

/**
 * A network within this process, with the faults of a real one. Deterministic in virtual time: the same calls and
 * the same seed give the same run.
 */
export interface MemoryNetwork {
  /** The network's clock. Machines on a host are better driven by the host's own ({@link MemoryHost.clock}). */
  readonly clock: Clock;
  /**
   * The host that has these addresses; it is created on first use.
   *
   * @param addresses - All its addresses, as text or bytes.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where they belong to several hosts or are none.
   */
  host(addresses: string | readonly (string | IpAddress)[]): MemoryHost;
  /**
   * The transport of the host that has these addresses; short for `host(addresses).transport`.
   *
   * @param addresses - All its addresses, as text or bytes.
   */
  transport(addresses: string | readonly (string | IpAddress)[]): Transport;
  /**
   * Separates hosts: nothing passes between two groups. Associations across are silent, and lost by heartbeat; what
   * was sent on those that survive arrives after {@link heal}. It replaces an earlier partition.
   *
   * @param groups - The groups; hosts in none of them form one more together.
   */
  partition(groups: readonly (readonly HostReference[])[]): void;
  /** Ends the partition. */
  heal(): void;
  /**
   * The host's process dies: its associations are reset at once, its ports refuse, its timers never run again.
   *
   * @param host - Which.
   */
  kill(host: HostReference): void;
  /**
   * The host's process stands still: nothing is delivered or answered, its timers wait.
   *
   * @param host - Which.
   */
  hang(host: HostReference): void;
  /**
   * The process goes on, and is delivered what waits.
   *
   * @param host - Which.
   */
  resume(host: HostReference): void;
  /**
   * A new process starts on the host, after killing the old one where it lives.
   *
   * @param host - Which.
   */
  restart(host: HostReference): void;
}

/** What the parts of the network know of it. */
export interface MemoryRouting {
  readonly clock: Clock;
  readonly path: PathModel;
  readonly closeTimeoutMs: number;
  readonly links: Set<MemoryLink>;
  readonly groups: Set<MemoryGroup>;
  isReachable(from: HostNode, to: HostNode): boolean;
  /** The first host with one of the addresses that can be reached, or else that exists. */
  route(from: HostNode, addresses: readonly IpAddress[]): { host: HostNode; address: IpAddress } | undefined;
}

/**
 * Creates an in-memory network.
 *
 * @param options - Clock, randomness, delays and losses.
 *
 * @example
 * ```ts
 * import { createMemoryNetwork, createVirtualClock } from '@rserpool/transport';
 *
 * const clock = createVirtualClock();
 * const network = createMemoryNetwork({ clock, delayMs: 10 });
 * const endpoint = await network.transport('192.0.2.1').bind({ port: 3863 });
 * ```
 */
export function createMemoryNetwork(options: MemoryNetworkOptions = {}): MemoryNetwork {
  const clock = options.clock ?? realClock;
  const hosts: Map<string, HostNode> = new Map();
  const partitionOf: Map<HostNode, number> = new Map();

  const routing: MemoryRouting = {
    clock,
    path: new PathModel(options, options.random ?? seededRandom(1)),
    closeTimeoutMs: options.closeTimeoutMs ?? 5000,
    links: new Set(),
    groups: new Set(),
    isReachable: (from, to) => partitionOf.get(from) === partitionOf.get(to),
    route(from, addresses) {
      const known = addresses.flatMap((address) => {
        const host = hosts.get(bytesToHex(address));
        return host === undefined ? [] : [{ host, address }];
      });
      return known.find(({ host }) => routing.isReachable(from, host)) ?? known[0];
    },
  };

  const review = (): void => {
    for (const link of [...routing.links]) link.review();
  };

  const hostOf = (addresses: string | readonly (string | IpAddress)[]): HostNode => {
    const list = typeof addresses === 'string' ? [addresses] : addresses;
    const parsed = list.map((address) => (typeof address === 'string' ? parseIpAddress(address) : address));
    const known = new Set(parsed.map((address) => hosts.get(bytesToHex(address))));
    const [first] = known;
    if (parsed.length === 0 || known.size !== 1) {
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_ARGUMENT',
        `${parsed.map((address) => formatIpAddress(address)).join(', ') || 'no address'}: give all addresses of one host`,
      );
    }
    if (first !== undefined) return first;
    const host = new HostNode(parsed, clock, (node) => memoryTransport(node, routing));
    for (const address of parsed) hosts.set(bytesToHex(address), host);
    return host;
  };

  const find = (reference: HostReference): HostNode => {
    const address = typeof reference === 'string' ? parseIpAddress(reference) : reference.addresses[0];
    const host = address === undefined ? undefined : hosts.get(bytesToHex(address));
    if (host !== undefined) return host;
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `this network has no host ${typeof reference === 'string' ? reference : 'of that kind'}; create it first`,
    );
  };

  const onHost =
    (action: 'kill' | 'hang' | 'resume' | 'restart') =>
    (reference: HostReference): void => {
      find(reference)[action]();
      review();
    };

  return {
    clock,
    host: hostOf,
    transport: (addresses) => hostOf(addresses).transport,
    partition(groups): void {
      partitionOf.clear();
      for (const [index, group] of groups.entries()) {
        for (const reference of group) partitionOf.set(find(reference), index);
      }
      review();
    },
    heal(): void {
      partitionOf.clear();
      review();
    },
    kill: onHost('kill'),
    hang: onHost('hang'),
    resume: onHost('resume'),
    restart: onHost('restart'),
  };
}
