import { createSocket, type Socket } from 'node:dgram';
import { formatIpAddress, type IpAddress, RserpoolError } from '@rserpool/wire';
import { AddressTexts } from '../address-texts.ts';
import {
  type PacketReceiver,
  type PacketSocket,
  shortestPacket,
  socketBufferBytes,
} from '../packet-socket.ts';

/** How many bytes may wait in the process to be sent before packets are dropped, as a full interface does. */
const maximumQueuedBytes = 4_194_304;

const texts: AddressTexts = new AddressTexts();

/** A UDP socket at one local address (RFC 6951). */
class UdpSocket implements PacketSocket {
  readonly address: IpAddress;
  onPacket: PacketReceiver | undefined;
  readonly #socket: Socket;

  constructor(address: IpAddress, socket: Socket) {
    this.address = address;
    this.#socket = socket;
    socket.on('message', (data: Uint8Array, from) => {
      if (data.length < shortestPacket) return;
      // Not the system's Buffer: parts of it are given to the application.
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
      this.onPacket?.(bytes, texts.address(from.address), from.port);
    });
    // A packet that cannot be sent or received is lost, as any may be.
    socket.on('error', () => undefined);
  }

  send(bytes: Uint8Array, destination: IpAddress, port: number): void {
    // Without encapsulation there is no way out of here.
    if (port === 0 || this.#socket.getSendQueueSize() > maximumQueuedBytes) return;
    this.#socket.send(bytes, port, texts.text(destination));
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.close(() => resolve());
    });
  }
}

/**
 * Binds a UDP socket.
 *
 * @param address - The local address.
 * @param port - The UDP port, 1 .. 65535.
 * @throws RserpoolError `ERR_RSERPOOL_ADDRESS_IN_USE`, `ERR_RSERPOOL_BIND_FAILED`.
 */
export function openUdpSocket(address: IpAddress, port: number): Promise<PacketSocket> {
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
      reject(bindError(address, port, error));
    };
    socket.once('error', onError);
    socket.bind({ address: formatIpAddress(address), port, exclusive: true }, () => {
      socket.removeListener('error', onError);
      resolve(new UdpSocket(address, socket));
    });
  });
}

function bindError(address: IpAddress, port: number, cause: unknown): RserpoolError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const text = formatIpAddress(address);
  if (code === 'EADDRINUSE') {
    return new RserpoolError(
      'ERR_RSERPOOL_ADDRESS_IN_USE',
      `UDP port ${port} at ${text} is taken by another process, or by the kernel's SCTP (sysctl net.sctp.udp_port); ` +
        "processes that share an address need encapsulationPort: 'sctp-port', each with an SCTP port of its own",
      { cause },
    );
  }
  return new RserpoolError(
    'ERR_RSERPOOL_BIND_FAILED',
    `cannot bind UDP port ${port} at ${text} (${message}); check that this host has the address, and the permission`,
    { cause },
  );
}
