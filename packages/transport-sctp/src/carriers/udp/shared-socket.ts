import { createSocket, type Socket } from 'node:dgram';
import { formatIpAddress, type IpAddress } from '@rserpool/wire';
import { AddressTexts } from '../address-texts.ts';
import type { PacketHandler } from '../packet-carrier.ts';
import { outOfTheBlueReply } from '../out-of-the-blue.ts';

/**
 * How large the system's buffers of a socket shall be, in bytes. The system may grant less (Linux:
 * `net.core.rmem_max`); the receive window of one association should fit.
 */
const socketBufferBytes = 2_097_152;

/** How many bytes may wait in the process to be sent before packets are dropped, as a full interface does. */
const maximumQueuedBytes = 4_194_304;

/** The shortest SCTP packet is its common header (RFC 9260 section 3.1). */
const commonHeaderLength = 12;

const texts: AddressTexts = new AddressTexts();

/**
 * One UDP socket at one local address, shared by all endpoints of the process that use its UDP port there: packets are
 * given out by the SCTP port that they are for.
 */
export class SharedUdpSocket {
  readonly address: IpAddress;
  readonly #socket: Socket;
  readonly #handlers: Map<number, PacketHandler> = new Map();

  private constructor(address: IpAddress, socket: Socket) {
    this.address = address;
    this.#socket = socket;
    socket.on('message', (data: Uint8Array, from) => this.#receive(data, from.address, from.port));
    // A packet that cannot be sent or received is lost, as any may be.
    socket.on('error', () => undefined);
  }

  /**
   * Binds a socket.
   *
   * @param address - The local address.
   * @param port - The UDP port; 0 for any.
   * @throws The system's error.
   */
  static open(address: IpAddress, port: number): Promise<SharedUdpSocket> {
    return new Promise((resolve, reject) => {
      const isIpv4 = address.length === 4;
      const socket = createSocket({
        type: isIpv4 ? 'udp4' : 'udp6',
        ipv6Only: !isIpv4,
        recvBufferSize: socketBufferBytes,
        sendBufferSize: socketBufferBytes,
        // Destinations are addresses already: nothing is looked up, and nothing waits a turn for that.
        lookup: (host, _options, callback) => callback(null, host, isIpv4 ? 4 : 6),
      });
      const onError = (error: Error): void => {
        socket.close();
        reject(error);
      };
      socket.once('error', onError);
      socket.bind({ address: formatIpAddress(address), port, exclusive: true }, () => {
        socket.removeListener('error', onError);
        resolve(new SharedUdpSocket(address, socket));
      });
    });
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

  /**
   * Sends a packet; what the system does not take is lost.
   *
   * @param bytes - The packet.
   * @param destination - Where to.
   * @param port - The UDP port there.
   */
  send(bytes: Uint8Array, destination: IpAddress, port: number): void {
    if (this.#socket.getSendQueueSize() > maximumQueuedBytes) return;
    this.#socket.send(bytes, port, texts.text(destination));
  }

  /** Frees the socket. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.close(() => resolve());
    });
  }

  #receive(data: Uint8Array, from: string, port: number): void {
    if (data.length < commonHeaderLength) return;
    // Not the system's Buffer: parts of it are given to the application.
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
    const source = texts.address(from);
    const sctpPort = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
    const handler = this.#handlers.get(sctpPort);
    if (handler !== undefined) {
      handler(bytes, source, this.address, port);
      return;
    }
    const reply = outOfTheBlueReply(bytes);
    if (reply !== undefined) this.send(reply, source, port);
  }
}
