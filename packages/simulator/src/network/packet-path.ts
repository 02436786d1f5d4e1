import { SimulatedEvent } from '../engine/event-queue.ts';
import { corrupted } from './corrupt.ts';
import type { Packet } from './packet.ts';
import type { SimulatedHost } from './simulated-host.ts';
import type { SimulatedNetwork } from './simulated-network.ts';

/** A packet arrives at a host. */
class PacketArrival extends SimulatedEvent {
  readonly #network: SimulatedNetwork;
  readonly #from: SimulatedHost;
  readonly #to: SimulatedHost;
  readonly #packet: Packet;

  constructor(network: SimulatedNetwork, from: SimulatedHost, to: SimulatedHost, packet: Packet) {
    super();
    this.#network = network;
    this.#from = from;
    this.#to = to;
    this.#packet = packet;
  }

  run(): void {
    if (!this.#network.reaches(this.#from, this.#to)) return;
    this.#network.onArrival?.(this.#from, this.#to, 'packet', this.#packet.bytes);
    this.#to.receivePacket(this.#packet);
  }
}

/**
 * Sends a packet of SCTP: it may be lost, doubled, overtaken and changed, as any packet may; what SCTP makes of that is
 * its own affair.
 *
 * @param network - Where.
 * @param from - The host that sends it.
 * @param packet - The packet.
 */
export function sendPacket(network: SimulatedNetwork, from: SimulatedHost, packet: Packet): void {
  const to = network.hostAt([packet.destination]);
  if (to === undefined || !network.reaches(from, to)) return;
  const { time, mischief, conditions } = network;
  const { loss, duplication, reordering, corruption } = conditions.packets;
  if (mischief.chance(Math.max(loss, conditions.retransmission))) return;
  for (let copies = mischief.chance(duplication) ? 2 : 1; copies > 0; copies -= 1) {
    const isChanged = mischief.chance(corruption);
    // Each copy is its receiver's own.
    const bytes = isChanged ? corrupted(packet.bytes, mischief) : packet.bytes.slice();
    const late = mischief.chance(reordering) ? mischief.between(0, 20) : 1;
    const due = time.now() + network.delay(from, to) * late;
    time.schedule(new PacketArrival(network, from, to, { ...packet, bytes }), due);
  }
}
