import type { IpAddress } from '@rserpool/wire';
import { destinationPortOf } from '../core/wire/packet.ts';
import { outOfTheBlueReply } from './out-of-the-blue.ts';
import type { PacketHandler } from './packet-carrier.ts';
import type { PacketSocket } from './packet-socket.ts';

/**
 * A socket that all endpoints of the process at its address share: packets are given out by the SCTP port that they are
 * for, and who asks for one that nobody has gets an answer.
 */
export class SharedSocket {
  readonly address: IpAddress;
  readonly #socket: PacketSocket;
  readonly #handlers: Map<number, PacketHandler> = new Map();

  constructor(socket: PacketSocket) {
    this.address = socket.address;
    this.#socket = socket;
    socket.onPacket = (bytes, source, encapsulationPort) => this.#receive(bytes, source, encapsulationPort);
  }

  /**
   * Whether an SCTP port is taken here.
   *
   * @param port - The SCTP port.
   */
  isTaken(port: number): boolean {
    return this.#handlers.has(port);
  }

  /**
   * Takes an SCTP port.
   *
   * @param port - One that is not taken.
   * @param handler - Is given the packets for it.
   */
  take(port: number, handler: PacketHandler): void {
    this.#handlers.set(port, handler);
  }

  /**
   * Gives an SCTP port back.
   *
   * @param port - The port.
   */
  release(port: number): void {
    this.#handlers.delete(port);
  }

  /** Sends a packet; see {@link PacketSocket.send}. */
  send(bytes: Uint8Array, destination: IpAddress, encapsulationPort: number): void {
    this.#socket.send(bytes, destination, encapsulationPort);
  }

  /** Frees the socket. */
  close(): Promise<void> {
    return this.#socket.close();
  }

  #receive(bytes: Uint8Array, source: IpAddress, encapsulationPort: number): void {
    const handler = this.#handlers.get(destinationPortOf(bytes));
    if (handler !== undefined) {
      handler(bytes, source, this.address, encapsulationPort);
      return;
    }
    const reply = outOfTheBlueReply(bytes);
    if (reply !== undefined) this.#socket.send(reply, source, encapsulationPort);
  }
}
