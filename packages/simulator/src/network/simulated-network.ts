import { bytesToHex, type IpAddress, parseIpAddress } from '@rserpool/wire';
import { drawFrom } from '../engine/distribution.ts';
import type { RandomStreams } from '../engine/random-streams.ts';
import type { RandomStream } from '../engine/random-stream.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { NetworkConditions } from './network-conditions.ts';
import { SimulatedHost } from './simulated-host.ts';
import type { SimulatedGroup } from './simulated-group.ts';

/** What carries associations: messages whole and in order, or SCTP packet by packet. */
export type SimulatedTransport = 'messages' | 'sctp';

/** Is told of everything that arrives, for traces. */
export type ArrivalListener = (
  from: SimulatedHost,
  to: SimulatedHost,
  what: string,
  data: Uint8Array,
) => void;

/**
 * The network of a simulation: hosts, the paths between them, and what is wrong with them. It has no promises, and
 * nothing of it is real but the bytes.
 */
export class SimulatedNetwork {
  /** The time of the simulation. */
  readonly time: VirtualTime;
  /** How it treats what travels through it. */
  readonly conditions: NetworkConditions;
  /** What carries associations. */
  readonly transport: SimulatedTransport;
  /** All randomness. */
  readonly streams: RandomStreams;
  /** How long the transport may take to notice that all is well again: its retransmissions back off meanwhile. */
  recoveryMs = 0;
  /** Decides about mischief; not about delays, which have a stream of their own. */
  readonly mischief: RandomStream;
  /** All hosts. */
  readonly hosts: SimulatedHost[] = [];
  /** The members of all groups. */
  readonly groups: Map<string, Set<SimulatedGroup>> = new Map();
  /** How many messages and datagrams have been delivered. */
  delivered = 0;
  /** Is told of everything that arrives. */
  onArrival: ArrivalListener | undefined;
  readonly #delays: RandomStream;
  readonly #byAddress: Map<string, SimulatedHost> = new Map();
  /** How often each directed path is cut, by `from * 65536 + to`. */
  readonly #cut: Map<number, number> = new Map();
  /** How probable it is that something is sent again, with each congestion at present. */
  readonly #congestions: number[] = [];
  readonly #usualRetransmission: number;

  /**
   * @param time - The time of the simulation.
   * @param streams - Delays and mischief are drawn from streams of their own.
   * @param conditions - How it treats what travels through it.
   * @param transport - What carries associations.
   */
  constructor(
    time: VirtualTime,
    streams: RandomStreams,
    conditions: NetworkConditions,
    transport: SimulatedTransport = 'messages',
  ) {
    this.time = time;
    this.streams = streams;
    this.transport = transport;
    this.conditions = conditions;
    this.#usualRetransmission = conditions.retransmission;
    this.#delays = streams.stream('network delays');
    this.mischief = streams.stream('network mischief');
  }

  /**
   * Adds a host.
   *
   * @param name - What it is called in traces.
   * @param address - Its address, as text.
   */
  addHost(name: string, address: string): SimulatedHost {
    const addresses = [parseIpAddress(address)];
    const host = new SimulatedHost(this, name, this.hosts.length, addresses);
    this.hosts.push(host);
    for (const each of addresses) this.#byAddress.set(bytesToHex(each), host);
    return host;
  }

  /**
   * The host that has one of these addresses.
   *
   * @param addresses - The addresses, the preferred one first.
   */
  hostAt(addresses: readonly IpAddress[]): SimulatedHost | undefined {
    for (const address of addresses) {
      const host = this.#byAddress.get(bytesToHex(address));
      if (host !== undefined) return host;
    }
    return undefined;
  }

  /** Draws how long something takes from one host to another, in milliseconds. */
  delay(from: SimulatedHost, to: SimulatedHost): number {
    return drawFrom(this.conditions.delay, this.#delays) + from.slowMs + to.slowMs;
  }

  /** The same on an association: what is lost is sent again. */
  reliableDelay(from: SimulatedHost, to: SimulatedHost): number {
    let delay = this.delay(from, to);
    const { retransmission, retransmissionDelayMs } = this.conditions;
    while (this.#delays.chance(retransmission)) delay += retransmissionDelayMs;
    return delay;
  }

  /** Whether what one host sends gets to the other one. */
  reaches(from: SimulatedHost, to: SimulatedHost): boolean {
    return this.#cut.size === 0 || !this.#cut.has(from.index * 65_536 + to.index);
  }

  /**
   * Cuts paths: nothing passes any more, and what is sent on associations waits. Cuts may overlap.
   *
   * @param from - From each of these hosts
   * @param to - to each of these, and not back.
   * @returns Makes them whole again.
   */
  cut(from: readonly SimulatedHost[], to: readonly SimulatedHost[]): () => void {
    const paths = from.flatMap((one) =>
      to.filter((other) => other !== one).map((other) => one.index * 65_536 + other.index),
    );
    for (const path of paths) this.#cut.set(path, (this.#cut.get(path) ?? 0) + 1);
    this.#reviewAll();
    return () => {
      for (const path of paths) {
        const cuts = this.#cut.get(path) ?? 0;
        if (cuts > 1) this.#cut.set(path, cuts - 1);
        else this.#cut.delete(path);
      }
      this.#reviewAll();
    };
  }

  /**
   * More is lost and sent again. Of several congestions at the same time the worst counts.
   *
   * @param retransmission - How probable that is, 0 .. 0.9.
   * @returns Ends it.
   */
  congest(retransmission: number): () => void {
    this.#congestions.push(retransmission);
    const apply = (): void => {
      this.conditions.retransmission = Math.max(this.#usualRetransmission, ...this.#congestions);
    };
    apply();
    return () => {
      this.#congestions.splice(this.#congestions.indexOf(retransmission), 1);
      apply();
    };
  }

  /**
   * How long it takes until all has arrived that is under way on associations of some hosts, in milliseconds. What a cut
   * or a stall holds up is not counted.
   *
   * @param hosts - The hosts.
   */
  msUntilArrived(hosts: readonly SimulatedHost[]): number {
    let last = this.time.now();
    for (const host of hosts) {
      for (const { forward, backward } of host.links)
        last = Math.max(last, forward.lastArrival, backward.lastArrival);
    }
    return last - this.time.now();
  }

  /**
   * Something changed for a host: what waits goes on, and who is silent is waited for.
   *
   * @param host - The host.
   */
  review(host: SimulatedHost): void {
    for (const link of [...host.links]) link.review();
  }

  #reviewAll(): void {
    for (const host of this.hosts) {
      for (const link of [...host.links]) if (link.from === host) link.review();
    }
  }
}
