import type { Group } from '@rserpool/transport';
import type { RemoteEndpoint } from '@rserpool/wire';
import { SimulatedEvent } from '../engine/event-queue.ts';
import { corrupted } from './corrupt.ts';
import type { SimulatedHost } from './simulated-host.ts';
import type { SimulatedNetwork } from './simulated-network.ts';

/** How many datagrams wait for a stopped process; more are lost, as in a socket's buffer. */
const maximumWaiting = 1000;

/** A datagram arrives at a member. */
class DatagramArrival extends SimulatedEvent {
  readonly #from: SimulatedGroup;
  readonly #to: SimulatedGroup;
  readonly #data: Uint8Array;

  constructor(from: SimulatedGroup, to: SimulatedGroup, data: Uint8Array) {
    super();
    this.#from = from;
    this.#to = to;
    this.#data = data;
  }

  run(): void {
    this.#to.receive(this.#from, this.#data);
  }
}

/** A host's membership in a group: its datagrams may be lost, doubled, overtaken and changed. */
export class SimulatedGroup implements Pick<Group, 'send' | 'onDatagram'> {
  onDatagram: ((data: Uint8Array, source: RemoteEndpoint) => void) | undefined;
  readonly #network: SimulatedNetwork;
  readonly #host: SimulatedHost;
  readonly #key: string;
  readonly #source: RemoteEndpoint;
  #waiting: [SimulatedGroup, Uint8Array][] = [];
  #hasLeft = false;

  /**
   * @param network - Where it is.
   * @param host - Whose membership it is.
   * @param key - The group.
   * @param localPort - Where its datagrams come from.
   */
  constructor(network: SimulatedNetwork, host: SimulatedHost, key: string, localPort: number) {
    this.#network = network;
    this.#host = host;
    this.#key = key;
    this.#source = { addresses: host.addresses, port: localPort };
    const members = network.groups.get(key) ?? new Set();
    network.groups.set(key, members.add(this));
  }

  /** Sends a datagram to all members, itself included. */
  send(data: Uint8Array): void {
    const { time, mischief, conditions } = this.#network;
    const { loss, duplication, reordering, corruption } = conditions.datagrams;
    for (const member of this.#network.groups.get(this.#key) ?? []) {
      if (mischief.chance(loss) || !this.#network.reaches(this.#host, member.#host)) continue;
      for (let copies = mischief.chance(duplication) ? 2 : 1; copies > 0; copies -= 1) {
        const bytes = mischief.chance(corruption) ? corrupted(data, mischief) : data;
        const late = mischief.chance(reordering) ? mischief.between(0, 20) : 1;
        const due = time.now() + this.#network.delay(this.#host, member.#host) * late;
        time.schedule(new DatagramArrival(this, member, bytes), due);
      }
    }
  }

  /**
   * A datagram has arrived.
   *
   * @param from - Who sent it.
   * @param data - Its bytes.
   */
  receive(from: SimulatedGroup, data: Uint8Array): void {
    if (this.#hasLeft) return;
    if (this.#host.state === 'stopped') {
      if (this.#waiting.length < maximumWaiting) this.#waiting.push([from, data]);
      return;
    }
    this.#network.delivered += 1;
    this.#network.onArrival?.(from.#host, this.#host, 'datagram', data);
    this.onDatagram?.(data, from.#source);
  }

  /** The process goes on: what waited arrives. */
  release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    const { time } = this.#network;
    for (const [from, data] of waiting) time.schedule(new DatagramArrival(from, this, data), time.now());
  }

  /** The membership ends with the process. */
  leave(): void {
    this.#hasLeft = true;
    this.#network.groups.get(this.#key)?.delete(this);
  }
}
