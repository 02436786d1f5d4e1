import type { IpAddress } from '@rserpool/wire';
import {
  levelSocket,
  optionReuseAddress,
  optionReceiveBuffer,
  optionReceiveBufferForce,
  optionSendBuffer,
  optionSendBufferForce,
  protocolSctp,
} from '../native/constants.ts';
import type { NativeSockets } from '../native/native-sockets.ts';
import {
  decodeSocketAddress,
  decodeSocketAddresses,
  encodeSocketAddress,
  socketAddressStorageLength,
} from '../native/socket-address.ts';
import { SctpOption } from './sctp-constants.ts';

/** The most that the kernel may say about the addresses of an association. */
const addressListBytes = 8192;
/** SPP_HB_ENABLE. */
const heartbeatEnabled = 1;
/** struct sctp_paddrparams and struct sctp_assoc_stats, in bytes. */
const peerAddressParametersLength = 156;
const associationStatisticsLength = 256;

/** Sets and reads the options of one SCTP socket of the kernel. Whoever calls decides whether a failure matters. */
export class SocketOptions {
  readonly #native: NativeSockets;
  readonly #descriptor: number;

  constructor(native: NativeSockets, descriptor: number) {
    this.#native = native;
    this.#descriptor = descriptor;
  }

  /** Sets an option of SCTP; tells whether the kernel took it. */
  set(option: number, value: Uint8Array): boolean {
    return this.#native.setsockopt(this.#descriptor, protocolSctp, option, value, value.length) === 0;
  }

  /** Sets an option that is one number. */
  setNumber(option: number, value: number): boolean {
    return this.set(option, numbers(value));
  }

  /** Asks for the notifications of a type, or for none, on a socket that has one association. */
  setEvent(type: number, isWanted: boolean): boolean {
    const value = Buffer.alloc(8);
    value.writeUInt16LE(type, 4);
    value.writeUInt8(isWanted ? 1 : 0, 6);
    return this.set(SctpOption.event, value);
  }

  /** Adds a local address, or removes one. */
  bind(
    option: typeof SctpOption.bindAdd | typeof SctpOption.bindRemove,
    address: IpAddress,
    port: number,
  ): boolean {
    return this.set(option, encodeSocketAddress(address, port));
  }

  /** Lets other sockets of this port have the same addresses, where they do so, too, and do not listen. */
  shareAddresses(): void {
    const on = numbers(1);
    this.#native.setsockopt(this.#descriptor, levelSocket, optionReuseAddress, on, on.length);
  }

  /** Asks for buffers to send from and to receive into; the system may grant less. */
  setBuffers(sendBytes: number, receiveBytes: number): void {
    this.#setBuffer(optionSendBuffer, optionSendBufferForce, sendBytes);
    this.#setBuffer(optionReceiveBuffer, optionReceiveBufferForce, receiveBytes);
  }

  /** The largest receive buffer that the system grants of what is asked for, in bytes as it counts them: twice as many. */
  grantedReceiveBytes(bytes: number): number {
    this.#setBuffer(optionReceiveBuffer, optionReceiveBufferForce, bytes);
    return this.#get(levelSocket, optionReceiveBuffer, numbers(0))?.readInt32LE(0) ?? 0;
  }

  /** How much the kernel keeps of what was sent, in bytes. */
  sendBufferBytes(): number {
    return this.#get(levelSocket, optionSendBuffer, numbers(0))?.readInt32LE(0) ?? 0;
  }

  /** RTO.Initial, RTO.Max and RTO.Min of an association, in milliseconds; 0 leaves one as it is. */
  setRto(association: number, initialMs: number, maximumMs: number, minimumMs: number): boolean {
    return this.set(SctpOption.rtoInfo, numbers(association, initialMs, maximumMs, minimumMs));
  }

  /** Association.Max.Retrans and Valid.Cookie.Life; 0 leaves one as it is. */
  setAssociationInfo(association: number, maximumRetransmissions: number, cookieLifeMs: number): boolean {
    const value = Buffer.alloc(20);
    value.writeInt32LE(association, 0);
    value.writeUInt16LE(maximumRetransmissions, 4);
    value.writeUInt32LE(cookieLifeMs, 16);
    return this.set(SctpOption.associationInfo, value);
  }

  /** Streams, Max.Init.Retransmits and the longest RTO of the set-up; 0 leaves one as it is. */
  setInit(
    outboundStreams: number,
    inboundStreams: number,
    attempts: number,
    maximumTimeoutMs: number,
  ): boolean {
    const value = Buffer.alloc(8);
    value.writeUInt16LE(outboundStreams, 0);
    value.writeUInt16LE(inboundStreams, 2);
    value.writeUInt16LE(attempts, 4);
    value.writeUInt16LE(Math.min(maximumTimeoutMs, 65_535), 6);
    return this.set(SctpOption.initMessage, value);
  }

  /** HB.interval and Path.Max.Retrans of all paths of an association; 0 leaves one as it is. */
  setPaths(association: number, heartbeatIntervalMs: number, maximumRetransmissions: number): boolean {
    const value = Buffer.alloc(peerAddressParametersLength);
    value.writeInt32LE(association, 0);
    // No family: all paths.
    value.writeUInt32LE(heartbeatIntervalMs, 132);
    value.writeUInt16LE(maximumRetransmissions, 136);
    value.writeUInt32LE(heartbeatEnabled, 146);
    return this.set(SctpOption.peerAddressParameters, value);
  }

  /** The verified and unverified addresses of the peer, and its port. */
  peer(association: number): { readonly addresses: readonly IpAddress[]; readonly port: number } {
    const value = Buffer.alloc(addressListBytes);
    value.writeInt32LE(association, 0);
    const got = this.#get(protocolSctp, SctpOption.peerAddresses, value);
    if (got === undefined) return { addresses: [], port: 0 };
    const port = decodeSocketAddress(got, 8)?.port ?? 0;
    return { addresses: decodeSocketAddresses(got, 8, got.readUInt32LE(4)), port };
  }

  /** The address that is preferred for what is sent. */
  primaryAddress(association: number): IpAddress | undefined {
    const value = Buffer.alloc(4 + socketAddressStorageLength);
    value.writeInt32LE(association, 0);
    const got = this.#get(protocolSctp, SctpOption.primaryAddress, value);
    return got === undefined ? undefined : decodeSocketAddress(got, 4)?.address;
  }

  /** How many packets have come in; whether the peer gives signs of life. */
  receivedPackets(association: number): bigint | undefined {
    const value = Buffer.alloc(associationStatisticsLength);
    value.writeInt32LE(association, 0);
    // Behind the name and an address: the longest RTO, SACKs in and out, packets out, packets in.
    return this.#get(protocolSctp, SctpOption.associationStatistics, value)?.readBigUInt64LE(
      8 + socketAddressStorageLength + 4 * 8,
    );
  }

  #setBuffer(option: number, forced: number, bytes: number): void {
    const value = numbers(bytes);
    if (this.#native.setsockopt(this.#descriptor, levelSocket, forced, value, 4) === 0) return;
    this.#native.setsockopt(this.#descriptor, levelSocket, option, value, 4);
  }

  #get(level: number, option: number, value: Buffer): Buffer | undefined {
    const length = numbers(value.length);
    if (this.#native.getsockopt(this.#descriptor, level, option, value, length) < 0) return undefined;
    return value;
  }
}

/** 32-bit numbers as the system has them, off the engine's heap. */
export function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeInt32LE(value | 0, 4 * index);
  return bytes;
}
