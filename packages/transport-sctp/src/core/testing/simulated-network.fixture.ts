import {
  formatIpAddress,
  type IpAddress,
  type RandomSource,
  randomFraction,
  seededRandom,
} from '@rserpool/wire';
import type { PacketOutput } from '../sctp-output.ts';

/** So many things do not happen at one time. */
const maximumSteps = 100_000;

/** What the network does to packets. */
export interface NetworkFaults {
  /** How long a packet takes, in milliseconds. */
  delayMs: number;
  /** The share of packets that is lost. */
  loss: number;
  /** The share of packets that arrives twice. */
  duplication: number;
  /** The share of packets that takes up to `reorderingMs` longer. */
  reordering: number;
  /** By how much, in milliseconds. */
  reorderingMs: number;
  /** The share of packets of which one to three bits are turned over. */
  corruption: number;
}

/** Who is reached at addresses. */
export interface NetworkNode {
  /** Takes a packet. */
  receive(packet: PacketOutput): void;
  /** When it wants to be woken. */
  nextTimeout(): number | undefined;
  /** Wakes it. */
  handleTimeout(): void;
}

interface Delivery {
  readonly time: number;
  readonly packet: PacketOutput;
}

/** Counts what became of packets. */
export interface NetworkCounters {
  sent: number;
  delivered: number;
  lost: number;
  duplicated: number;
  corrupted: number;
  cut: number;
}

/** A network in virtual time: it loses, repeats, delays and spoils packets, the same ones for the same seed. */
export class SimulatedNetwork {
  /** The time, in milliseconds. */
  now = 0;
  /** What is done to packets; may be changed at any time. */
  readonly faults: NetworkFaults;
  /** What became of packets. */
  readonly counters: NetworkCounters = {
    sent: 0,
    delivered: 0,
    lost: 0,
    duplicated: 0,
    corrupted: 0,
    cut: 0,
  };
  /** Sees every packet that is sent; `false` loses it. */
  filter: ((packet: PacketOutput) => boolean) | undefined;
  readonly #random: RandomSource;
  readonly #nodes = new Map<string, NetworkNode>();
  readonly #cut = new Set<string>();
  readonly #deliveries: Delivery[] = [];
  #stepsOfNow = 0;

  constructor(seed: number, faults: Partial<NetworkFaults> = {}) {
    this.#random = seededRandom(seed);
    this.faults = {
      delayMs: 1,
      loss: 0,
      duplication: 0,
      reordering: 0,
      reorderingMs: 5,
      corruption: 0,
      ...faults,
    };
  }

  /** Puts a node at an address. */
  attach(address: IpAddress, node: NetworkNode): void {
    this.#nodes.set(formatIpAddress(address), node);
  }

  /** Takes the node at an address away. */
  detach(address: IpAddress): void {
    this.#nodes.delete(formatIpAddress(address));
  }

  /** Loses everything from and to an address, what is on its way, too. */
  cut(address: string): void {
    this.#cut.add(address);
  }

  /** The opposite of {@link cut}. */
  mend(address: string): void {
    this.#cut.delete(address);
  }

  /** Takes a packet to carry. */
  send(packet: PacketOutput): void {
    const { faults, counters } = this;
    counters.sent++;
    if (this.filter?.(packet) === false || this.#happens(faults.loss)) {
      counters.lost++;
      return;
    }
    this.#deliver(packet);
    if (this.#happens(faults.duplication)) {
      counters.duplicated++;
      this.#deliver(packet);
    }
  }

  /** Runs until something holds; `false` where it does not within so many milliseconds. */
  runUntil(holds: () => boolean, limitMs: number): boolean {
    const end = this.now + limitMs;
    while (!holds()) {
      if (!this.#step(end)) return false;
    }
    return true;
  }

  /** Runs for so many milliseconds. */
  run(ms: number): void {
    const end = this.now + ms;
    while (this.#step(end));
  }

  /** Goes to what happens next; `false` and the time at `end` where nothing does before. */
  #step(end: number): boolean {
    const delivery = this.#deliveries[0];
    let next: NetworkNode | undefined;
    let time = delivery?.time ?? Number.POSITIVE_INFINITY;
    for (const node of new Set(this.#nodes.values())) {
      const timeout = node.nextTimeout();
      if (timeout !== undefined && timeout < time) {
        time = timeout;
        next = node;
      }
    }
    if (time > end) {
      this.now = end;
      return false;
    }
    this.#stepsOfNow = time > this.now ? 0 : this.#stepsOfNow + 1;
    if (this.#stepsOfNow > maximumSteps)
      throw new Error('time stands still: a timer expires again and again');
    this.now = Math.max(this.now, time);
    if (next !== undefined) next.handleTimeout();
    else if (delivery !== undefined) {
      this.#deliveries.shift();
      this.#arrive(delivery.packet);
    }
    return true;
  }

  #arrive(packet: PacketOutput): void {
    const destination = formatIpAddress(packet.destination);
    if (this.#cut.has(destination) || this.#cut.has(formatIpAddress(packet.source))) {
      this.counters.cut++;
      return;
    }
    const node = this.#nodes.get(destination);
    if (node === undefined) return;
    this.counters.delivered++;
    node.receive(packet);
  }

  #deliver(packet: PacketOutput): void {
    const { faults } = this;
    let time = this.now + faults.delayMs;
    if (this.#happens(faults.reordering)) time += randomFraction(this.#random) * faults.reorderingMs;
    const delivery = { time, packet: this.#happens(faults.corruption) ? this.#spoil(packet) : packet };
    const behind = this.#deliveries.findLastIndex((other) => other.time <= time);
    this.#deliveries.splice(behind + 1, 0, delivery);
  }

  #spoil(packet: PacketOutput): PacketOutput {
    this.counters.corrupted++;
    const bytes = packet.bytes.slice();
    // Different bits: the same one twice would spoil nothing.
    const first = this.#random();
    for (let count = this.#random() % 3; count >= 0; count--) {
      const bit = (first + count * 13) % (bytes.length * 8);
      bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7));
    }
    return { ...packet, bytes };
  }

  #happens(share: number): boolean {
    return share > 0 && randomFraction(this.#random) < share;
  }
}
