import { formatIpAddress, type IpAddress, RserpoolError } from '@rserpool/wire';
import type { SctpParameters } from '../../core/sctp-input.ts';
import {
  addressFamilyIpv4,
  addressFamilyIpv6,
  errorInProgress,
  levelIpv6,
  nonBlocking,
  optionIpv6Only,
  protocolSctp,
  socketSequencedPackets,
} from '../native/constants.ts';
import type { NativeSockets } from '../native/native-sockets.ts';
import { decodeSocketAddress, encodeSocketAddress } from '../native/socket-address.ts';
import { SctpOption } from './sctp-constants.ts';
import { numbers, SocketOptions } from './socket-options.ts';

/** How large the buffers of an association shall be, in bytes; the system may grant less. */
export const bufferBytes = 4_194_304;

/**
 * How much less the socket gets from which associations are peeled off. The kernel announces half of its receive buffer as
 * the window, but counts each message with an overhead against it: with small messages the buffer would be full before
 * the window is, and what had been sent within the window would be dropped, and resent after a second. So the window
 * is made an eighth of the buffer in the end. More would be too much: the kernel tells of an open window when a
 * sixteenth of the buffer is free again.
 */
const windowPart = 4;

/** The events that are wanted, in the order of struct sctp_event_subscribe. */
const subscribed = Buffer.from([
  0, // data_io: SCTP_RECVRCVINFO takes its place
  1, // association
  1, // address
  1, // send_failure
  0, // peer_error
  1, // shutdown
  0, // partial_delivery
  0, // adaptation
  0, // authentication
  0, // sender_dry: wanted now and then only
]);

/** SCTP_GET_LOCAL_ADDRS. */
const optionLocalAddresses = 109;
/** SCTP_SOCKOPT_PEELOFF_FLAGS. */
const optionPeelOffFlags = 122;
const listenBacklog = 1024;

function systemError(native: NativeSockets, what: string): RserpoolError {
  const errno = native.errno();
  const name = native.errorName(errno);
  if (name === 'EADDRINUSE') {
    return new RserpoolError(
      'ERR_RSERPOOL_ADDRESS_IN_USE',
      `${what}: the SCTP port is taken; choose another one`,
    );
  }
  const hint = name === 'ENOSYS' ? "; the kernel lacks SCTP's modules (modprobe sctp hmac crc32c)" : '';
  return new RserpoolError(
    'ERR_RSERPOOL_BIND_FAILED',
    `${what}: ${name}${hint}; check address and permission`,
  );
}

/**
 * Makes sure that the kernel does SCTP.
 *
 * @param native - The system calls.
 * @returns The size of its send buffers, in bytes.
 * @throws RserpoolError `ERR_RSERPOOL_CARRIER_UNAVAILABLE`.
 */
export function probeKernel(native: NativeSockets): number {
  const descriptor = native.socket(addressFamilyIpv4, socketSequencedPackets | nonBlocking, protocolSctp);
  if (descriptor < 0) {
    const name = native.errorName(native.errno());
    throw new RserpoolError(
      'ERR_RSERPOOL_CARRIER_UNAVAILABLE',
      `the kernel has no SCTP (${name}): as root, modprobe sctp (package linux-modules-extra or similar), and see that it is not blacklisted in /etc/modprobe.d; or take the carrier 'udp'`,
    );
  }
  const options = new SocketOptions(native, descriptor);
  options.setBuffers(bufferBytes, bufferBytes);
  const bytes = options.sendBufferBytes();
  native.close(descriptor);
  return bytes;
}

/** The socket of an endpoint, from which each association gets one of its own. */
export class KernelSocket {
  readonly descriptor: number;
  readonly options: SocketOptions;
  readonly isIpv6: boolean;
  readonly port: number;
  readonly #native: NativeSockets;
  #isClosed = false;

  /**
   * @param native - The system calls.
   * @param addresses - The local addresses.
   * @param port - The SCTP port, or 0 for any.
   * @param listens - Whether associations are accepted.
   * @param parameters - What differs from the kernel's defaults.
   * @throws RserpoolError `ERR_RSERPOOL_ADDRESS_IN_USE`, `ERR_RSERPOOL_BIND_FAILED`.
   */
  constructor(
    native: NativeSockets,
    addresses: readonly IpAddress[],
    port: number,
    listens: boolean,
    parameters: Partial<SctpParameters>,
  ) {
    this.#native = native;
    this.isIpv6 = addresses.some((address) => address.length === 16);
    const family = this.isIpv6 ? addressFamilyIpv6 : addressFamilyIpv4;
    this.descriptor = native.socket(family, socketSequencedPackets | nonBlocking, protocolSctp);
    if (this.descriptor < 0) throw systemError(native, 'no SCTP socket');
    this.options = new SocketOptions(native, this.descriptor);
    try {
      this.#configure(parameters);
      this.port = this.#bind(addresses, port);
      // One that does not listen takes none either, but is told of none by the kernel in any case.
      if (listens && native.listen(this.descriptor, listenBacklog) < 0)
        throw systemError(native, 'cannot listen');
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /**
   * Adds local addresses or removes them.
   *
   * @throws RserpoolError `ERR_RSERPOOL_BIND_FAILED`.
   */
  changeAddresses(added: readonly IpAddress[], removed: readonly IpAddress[]): void {
    if (added.length > 0) this.options.shareAddresses();
    for (const address of added) this.#change(SctpOption.bindAdd, address, this.port);
    for (const address of removed) this.#change(SctpOption.bindRemove, address, this.port);
  }

  /**
   * Begins to set an association up.
   *
   * @returns The kernel's name of it.
   * @throws RserpoolError `ERR_RSERPOOL_CONNECT_FAILED`.
   */
  connect(addresses: readonly IpAddress[], port: number): number {
    const usable = addresses.filter((address) => this.isIpv6 || address.length === 4);
    const list = Buffer.concat(usable.map((address) => encodeSocketAddress(address, port)));
    // struct sctp_getaddrs_old: the name that comes back, how many bytes of addresses, and where they are.
    const value = Buffer.alloc(16);
    value.writeInt32LE(list.length, 4);
    if (list.length > 0) value.writeBigUInt64LE(this.#native.address(list), 8);
    const length = numbers(value.length);
    const result = this.#native.getsockopt(this.descriptor, protocolSctp, SctpOption.connect, value, length);
    if (result === 0 || this.#native.errno() === errorInProgress) return value.readInt32LE(0);
    const name = this.#native.errorName(this.#native.errno());
    const text = usable.length === 0 ? 'no address of a family that this endpoint has' : name;
    throw new RserpoolError(
      'ERR_RSERPOOL_CONNECT_FAILED',
      `the kernel cannot connect to port ${port} at ${addresses.map((address) => formatIpAddress(address)).join(', ')} (${text}); check address and route`,
    );
  }

  /**
   * Gives an association a socket of its own, so that a slow one holds up no other.
   *
   * @param association - The kernel's name of it.
   * @returns The descriptor; `undefined` where the association is gone, or the process has no descriptors left.
   */
  peelOff(association: number): number | undefined {
    const value = numbers(association, -1, nonBlocking);
    const length = numbers(value.length);
    const result = this.#native.getsockopt(this.descriptor, protocolSctp, optionPeelOffFlags, value, length);
    return result < 0 ? undefined : value.readInt32LE(4);
  }

  /** Frees the socket. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#native.close(this.descriptor);
  }

  #configure(parameters: Partial<SctpParameters>): void {
    const { options } = this;
    const granted = options.grantedReceiveBytes(bufferBytes) / 2;
    options.setBuffers(bufferBytes, Math.floor(granted / windowPart));
    options.set(SctpOption.events, subscribed);
    options.setNumber(SctpOption.noDelay, 1);
    options.setNumber(SctpOption.receiveReceiveInfo, 1);
    // A long message of one association does not hold up the others.
    options.setNumber(SctpOption.fragmentInterleave, 1);
    options.setInit(
      parameters.outboundStreams ?? 16,
      parameters.maximumInboundStreams ?? 2048,
      parameters.maxInitRetransmits ?? 0,
      parameters.rtoMaxMs ?? 0,
    );
    options.setRto(0, parameters.rtoInitialMs ?? 1000, parameters.rtoMaxMs ?? 0, parameters.rtoMinMs ?? 0);
    if (parameters.maxBurst !== undefined) options.set(SctpOption.maxBurst, numbers(0, parameters.maxBurst));
    if (parameters.sackDelayMs !== undefined || parameters.sackFrequency !== undefined) {
      options.set(
        SctpOption.delayedSack,
        numbers(0, parameters.sackDelayMs ?? 200, parameters.sackFrequency ?? 2),
      );
    }
  }

  #bind(addresses: readonly IpAddress[], port: number): number {
    if (this.isIpv6) {
      this.#native.setsockopt(this.descriptor, levelIpv6, optionIpv6Only, numbers(0), 4);
    }
    let bound = port;
    for (const address of addresses) {
      this.#change(SctpOption.bindAdd, address, bound);
      if (bound === 0) bound = this.#boundPort();
    }
    return bound;
  }

  #boundPort(): number {
    const value = Buffer.alloc(4096);
    const length = numbers(value.length);
    this.#native.getsockopt(this.descriptor, protocolSctp, optionLocalAddresses, value, length);
    return decodeSocketAddress(value, 8)?.port ?? 0;
  }

  #change(
    option: typeof SctpOption.bindAdd | typeof SctpOption.bindRemove,
    address: IpAddress,
    port: number,
  ): void {
    if (this.options.bind(option, address, port)) return;
    throw systemError(this.#native, `${formatIpAddress(address)} port ${port}`);
  }
}
