import type { IpAddress } from '@rserpool/wire';
import type { HeartbeatOptions } from '@rserpool/transport';
import type { HostEndpoint } from './host-endpoint.ts';
import { destinationPortOf, type Packet } from './packet.ts';
import { ProcessClock } from './process-clock.ts';
import { SctpHostEndpoint } from './sctp-host-endpoint.ts';
import { SimulatedEndpoint } from './simulated-endpoint.ts';
import { SimulatedGroup } from './simulated-group.ts';
import type { SimulatedLink } from './simulated-link.ts';
import type { SimulatedNetwork } from './simulated-network.ts';

/** What the process of a host does: it runs, is stopped (SIGSTOP), or is dead. */
export type ProcessState = 'running' | 'stopped' | 'dead';

/** After how long the peers of a process that died silently say something, and learn that it is another one. */
const resetAfterMs = 300;

/** How many packets wait for a stopped process; more are lost, as in a socket's buffer. */
const maximumWaiting = 1000;

/** A host of the network, with at most one process. */
export class SimulatedHost {
  /** What it is called in traces. */
  readonly name: string;
  /** Its number, from 0. */
  readonly index: number;
  /** Its addresses. */
  readonly addresses: readonly IpAddress[];
  /** Its links that are not over. */
  readonly links: Set<SimulatedLink> = new Set();
  /** How much later everything arrives that comes from here or goes here, in milliseconds. */
  slowMs = 0;
  readonly #network: SimulatedNetwork;
  readonly #endpoints: Map<number, HostEndpoint> = new Map();
  readonly #groups: Set<SimulatedGroup> = new Set();
  #state: ProcessState = 'running';
  #isSilent = false;
  #clockAheadMs = 0;
  #clock: ProcessClock;
  #nextPort = 49_152;
  #bindings = 0;
  #waiting: Packet[] = [];

  /**
   * @param network - Where it is.
   * @param name - What it is called in traces.
   * @param index - Its number.
   * @param addresses - Its addresses.
   */
  constructor(network: SimulatedNetwork, name: string, index: number, addresses: readonly IpAddress[]) {
    this.#network = network;
    this.name = name;
    this.index = index;
    this.addresses = addresses;
    this.#clock = new ProcessClock(network.time, 0);
  }

  /** What its process does. */
  get state(): ProcessState {
    return this.#state;
  }

  /** Whether its peers hear no sign of life: without power, or stopped with its transport inside of the process. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** The clock of the process that it has now. */
  get clock(): ProcessClock {
    return this.#clock;
  }

  /**
   * Binds an endpoint.
   *
   * @param port - The port, or 0 for any free one.
   * @param heartbeat - How silent peers are noticed.
   * @param isListening - Whether associations are accepted.
   */
  bind(port: number, heartbeat: HeartbeatOptions, isListening: boolean): HostEndpoint {
    const own = port === 0 ? this.#freePort() : port;
    const endpoint = this.#open(own, heartbeat, isListening);
    this.#endpoints.set(own, endpoint);
    return endpoint;
  }

  /**
   * The endpoint at a port.
   *
   * @param port - The port.
   */
  endpointAt(port: number): HostEndpoint | undefined {
    return this.#endpoints.get(port);
  }

  /**
   * Frees the port of an endpoint that was closed.
   *
   * @param endpoint - The endpoint.
   */
  unbind(endpoint: HostEndpoint): void {
    if (this.#endpoints.get(endpoint.port) === endpoint) this.#endpoints.delete(endpoint.port);
  }

  /**
   * A packet has arrived.
   *
   * @param packet - The packet.
   */
  receivePacket(packet: Packet): void {
    // Nobody answers for a process that is not there: that is how it is over UDP.
    if (this.#state === 'dead') return;
    if (this.#state === 'stopped') {
      if (this.#waiting.length < maximumWaiting) this.#waiting.push(packet);
      return;
    }
    this.#endpoints.get(destinationPortOf(packet))?.receive(packet);
  }

  /**
   * Joins a group.
   *
   * @param key - The group.
   * @param localPort - Where its datagrams come from.
   */
  join(key: string, localPort: number): SimulatedGroup {
    const group = new SimulatedGroup(this.#network, this, key, localPort);
    this.#groups.add(group);
    return group;
  }

  /**
   * The process is stopped.
   *
   * @param isSilent - Whether its transport is inside of it, so that not even heartbeats are answered.
   */
  stop(isSilent: boolean): void {
    if (this.#state !== 'running') return;
    this.#state = 'stopped';
    this.#isSilent = isSilent;
    this.#clock.hold();
    this.#network.review(this);
  }

  /** The stopped process goes on. */
  continue(): void {
    if (this.#state !== 'stopped') return;
    this.#state = 'running';
    this.#isSilent = false;
    this.#clock.release();
    for (const group of this.#groups) group.release();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const packet of waiting) this.receivePacket(packet);
    this.#network.review(this);
  }

  /**
   * The process dies.
   *
   * @param isSilent - Whether nothing tells its peers, as when the host loses power.
   */
  kill(isSilent: boolean): void {
    if (this.#state === 'dead') return;
    this.#state = 'dead';
    this.#isSilent = isSilent;
    this.#waiting = [];
    for (const endpoint of this.#endpoints.values()) endpoint.die(isSilent);
    this.#clock.stop();
    for (const group of this.#groups) group.leave();
    this.#groups.clear();
    this.#endpoints.clear();
    if (!isSilent) for (const link of this.links) link.reset(this);
    this.#network.review(this);
  }

  /** A new process begins where the old one is dead; the associations of the old one are reset. */
  restart(): void {
    this.kill(false);
    this.#state = 'running';
    this.#isSilent = false;
    this.#clock = new ProcessClock(this.#network.time, this.#clockAheadMs);
    this.#network.review(this);
    // Who still speaks to the old process is told so by the new one, but only when it says something.
    const former = [...this.links];
    this.#network.time.setTimer(this.#network.time.now() + resetAfterMs, () => {
      for (const link of former) if (this.links.has(link)) link.reset(this);
    });
  }

  /**
   * The clock jumps ahead, or is set back.
   *
   * @param byMs - How far; less than 0 where it is set back.
   */
  jumpClock(byMs: number): void {
    this.#clockAheadMs += byMs;
    this.#clock.jump(byMs);
  }

  #open(port: number, heartbeat: HeartbeatOptions, isListening: boolean): HostEndpoint {
    const network = this.#network;
    if (network.transport === 'messages')
      return new SimulatedEndpoint(network, this, port, heartbeat, isListening);
    this.#bindings += 1;
    const random = network.streams.source(`sctp ${this.name} ${this.#bindings}`);
    return new SctpHostEndpoint(network, this, port, heartbeat, isListening, random);
  }

  #freePort(): number {
    for (;;) {
      const port = this.#nextPort;
      this.#nextPort = port === 65_535 ? 49_152 : port + 1;
      if (!this.#endpoints.has(port)) return port;
    }
  }
}
