import { createServer, type Server } from 'node:net';
import { formatIpAddress, type IpAddress, RserpoolError } from '@rserpool/wire';
import {
  addressFamilyIpv4,
  addressFamilyIpv6,
  flagNoSignal,
  levelSocket,
  nonBlocking,
  optionReceiveBuffer,
  optionReceiveBufferForce,
  optionSendBuffer,
  optionSendBufferForce,
  protocolSctp,
  socketRaw,
} from '../native/constants.ts';
import type { NativePoll, NativeSockets } from '../native/native-sockets.ts';
import {
  decodeSocketAddress,
  encodeSocketAddress,
  socketAddressStorageLength,
} from '../native/socket-address.ts';
import {
  type PacketReceiver,
  type PacketSocket,
  shortestPacket,
  socketBufferBytes,
} from '../packet-socket.ts';

/** How many packets are read in a row before others get their turn. */
const packetsPerTurn = 64;

/** The longest packet. */
const receiveBytes = 65_536;

/** The most addresses whose form for the system is remembered. */
const maximumRemembered = 4096;

/** A raw IP socket of protocol 132 at one local address. */
class RawSocket implements PacketSocket {
  readonly address: IpAddress;
  onPacket: PacketReceiver | undefined;
  readonly #native: NativeSockets;
  readonly #descriptor: number;
  readonly #lock: Server;
  readonly #poll: NativePoll;
  readonly #data: Buffer = Buffer.alloc(receiveBytes);
  readonly #name: Buffer = Buffer.alloc(socketAddressStorageLength);
  readonly #nameLength: Buffer = Buffer.alloc(4);
  readonly #names: Map<string, Uint8Array> = new Map();
  #isClosed = false;

  constructor(native: NativeSockets, descriptor: number, address: IpAddress, lock: Server) {
    this.address = address;
    this.#native = native;
    this.#descriptor = descriptor;
    this.#lock = lock;
    this.#poll = native.poll(descriptor, () => this.#read());
  }

  send(bytes: Uint8Array, destination: IpAddress): void {
    if (this.#isClosed || destination.length !== this.address.length) return;
    const name = this.#nameOf(destination);
    this.#native.sendto(this.#descriptor, bytes, bytes.length, flagNoSignal, name, name.length);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#poll.close();
    this.#native.close(this.#descriptor);
    await new Promise<void>((resolve) => {
      this.#lock.close(() => resolve());
    });
  }

  #read(): void {
    for (let count = 0; count < packetsPerTurn && !this.#isClosed; count += 1) {
      this.#nameLength.writeUInt32LE(this.#name.length);
      const length = Number(
        this.#native.recvfrom(this.#descriptor, this.#data, receiveBytes, 0, this.#name, this.#nameLength),
      );
      if (length < 0) return;
      const source = decodeSocketAddress(this.#name, 0)?.address;
      // IPv4 comes with its header, IPv6 without (RFC 3542 section 3).
      const from = this.address.length === 4 ? 4 * ((this.#data[0] ?? 0) & 0x0f) : 0;
      if (source === undefined || length - from < shortestPacket) continue;
      this.onPacket?.(new Uint8Array(this.#data.subarray(from, length)), source, 0);
    }
  }

  #nameOf(address: IpAddress): Uint8Array {
    const text = address.join();
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (this.#names.size >= maximumRemembered) this.#names.clear();
    const name = encodeSocketAddress(address, 0);
    this.#names.set(text, name);
    return name;
  }
}

/**
 * Opens a raw socket.
 *
 * @param native - The system calls.
 * @param address - The local address.
 * @throws RserpoolError `ERR_RSERPOOL_ADDRESS_IN_USE`, `ERR_RSERPOOL_BIND_FAILED`.
 */
export async function openRawSocket(native: NativeSockets, address: IpAddress): Promise<PacketSocket> {
  const lock = await lockAddress(address);
  const family = address.length === 4 ? addressFamilyIpv4 : addressFamilyIpv6;
  const descriptor = native.socket(family, socketRaw | nonBlocking, protocolSctp);
  const name = encodeSocketAddress(address, 0);
  if (descriptor >= 0 && native.bind(descriptor, name, name.length) === 0) {
    setBuffers(native, descriptor);
    return new RawSocket(native, descriptor, address, lock);
  }
  const reason = native.errorName(native.errno());
  if (descriptor >= 0) native.close(descriptor);
  lock.close();
  throw new RserpoolError(
    'ERR_RSERPOOL_BIND_FAILED',
    `no raw socket at ${formatIpAddress(address)} (${reason}); it needs CAP_NET_RAW, and this host has to have the address`,
  );
}

/**
 * Raw sockets get the packets of all ports, so that two processes at one address would answer for each other's. A socket
 * with a name of its own, which the system frees with the process, keeps the second one away (within a network namespace).
 */
function lockAddress(address: IpAddress): Promise<Server> {
  const text = formatIpAddress(address);
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.unref();
    server.once('error', (cause) => {
      reject(
        new RserpoolError(
          'ERR_RSERPOOL_ADDRESS_IN_USE',
          `another process has the raw socket at ${text}; only one may, take another address or the carrier 'udp'`,
          { cause },
        ),
      );
    });
    server.listen(`\0rserpool-sctp-raw-${text}`, () => resolve(server));
  });
}

function setBuffers(native: NativeSockets, descriptor: number): void {
  const value = Buffer.alloc(4);
  value.writeInt32LE(socketBufferBytes);
  for (const [option, forced] of [
    [optionSendBuffer, optionSendBufferForce],
    [optionReceiveBuffer, optionReceiveBufferForce],
  ] as const) {
    if (native.setsockopt(descriptor, levelSocket, forced, value, 4) === 0) continue;
    native.setsockopt(descriptor, levelSocket, option, value, 4);
  }
}
