import { bytesToHex, formatIpAddress, type IpAddress } from '@rserpool/wire';
import type { Clock } from '../contract/clock.ts';
import type { Transport } from '../contract/transport.ts';
import { HostClock } from './host-clock.ts';
import type { MemoryEndpoint } from './memory-endpoint.ts';
import type { MemoryGroup } from './memory-groups.ts';

/** What a host of an in-memory network does: it runs, stands still, or its process is dead. */
export type MemoryHostState = 'running' | 'hung' | 'killed';

/** A host of an in-memory network. */
export interface MemoryHost {
  /** Its addresses; several make it multi-homed. */
  readonly addresses: readonly IpAddress[];
  /** What it does at present. */
  readonly state: MemoryHostState;
  /**
   * The clock of the process on this host: its timers wait while the host hangs, and never run after it was killed.
   * After a restart it is another one. Drive the machines of this host with it.
   */
  readonly clock: Clock;
  /** Binds endpoints at this host. */
  readonly transport: Transport;
}

/** One life of a host: what ends when it is killed. */
export class HostLife {
  readonly clock: HostClock;
  readonly endpoints: Set<MemoryEndpoint> = new Set();
  readonly groups: Set<MemoryGroup> = new Set();
  readonly #bindings: Map<string, MemoryEndpoint> = new Map();
  #nextEphemeralPort = 49_152;

  constructor(clock: Clock) {
    this.clock = new HostClock(clock);
  }

  /** The endpoint that is bound to an address and port. */
  find(address: IpAddress, port: number): MemoryEndpoint | undefined {
    return this.#bindings.get(`${bytesToHex(address)}|${port}`);
  }

  /** Whether a port is free at all of the addresses. */
  isFree(addresses: readonly IpAddress[], port: number): boolean {
    return addresses.every((address) => this.find(address, port) === undefined);
  }

  /** A port that is free at all of the addresses, or `undefined`. */
  freePort(addresses: readonly IpAddress[]): number | undefined {
    for (let tries = 49_152; tries <= 65_535; tries += 1) {
      const port = this.takeEphemeralPort();
      if (this.isFree(addresses, port)) return port;
    }
    return undefined;
  }

  /** The next ephemeral port in turn, free or not. */
  takeEphemeralPort(): number {
    const port = this.#nextEphemeralPort;
    this.#nextEphemeralPort = port === 65_535 ? 49_152 : port + 1;
    return port;
  }

  /** Adds an endpoint. */
  bind(endpoint: MemoryEndpoint): void {
    this.endpoints.add(endpoint);
    for (const address of endpoint.localAddresses) {
      this.#bindings.set(`${bytesToHex(address)}|${endpoint.port}`, endpoint);
    }
  }

  /** Frees the port of an endpoint that is closed. */
  unbind(endpoint: MemoryEndpoint): void {
    this.endpoints.delete(endpoint);
    for (const address of endpoint.localAddresses) {
      this.#bindings.delete(`${bytesToHex(address)}|${endpoint.port}`);
    }
  }
}

/** The network's side of a host. */
export class HostNode implements MemoryHost {
  readonly addresses: readonly IpAddress[];
  readonly transport: Transport;
  readonly #baseClock: Clock;
  state: MemoryHostState = 'running';
  life: HostLife;

  constructor(addresses: readonly IpAddress[], clock: Clock, transport: (host: HostNode) => Transport) {
    this.addresses = addresses;
    this.#baseClock = clock;
    this.life = new HostLife(clock);
    this.transport = transport(this);
  }

  get clock(): Clock {
    return this.life.clock;
  }

  /** Its first address as text. */
  get name(): string {
    return this.addresses[0] === undefined ? '?' : formatIpAddress(this.addresses[0]);
  }

  /** The process stands still. */
  hang(): void {
    if (this.state !== 'running') return;
    this.state = 'hung';
    this.life.clock.hold();
    for (const endpoint of this.life.endpoints) endpoint.hold();
    for (const group of this.life.groups) group.hold();
  }

  /** The process goes on. */
  resume(): void {
    if (this.state !== 'hung') return;
    this.state = 'running';
    this.life.clock.release();
    for (const endpoint of this.life.endpoints) endpoint.release();
    for (const group of this.life.groups) group.release();
  }

  /** The process dies. */
  kill(): void {
    if (this.state === 'killed') return;
    this.state = 'killed';
    this.life.clock.stop();
    for (const endpoint of [...this.life.endpoints]) endpoint.die();
    for (const group of [...this.life.groups]) group.die();
  }

  /** A new process starts. */
  restart(): void {
    this.kill();
    this.life = new HostLife(this.#baseClock);
    this.state = 'running';
  }
}
