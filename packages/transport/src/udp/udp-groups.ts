import { createSocket, type Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import {
  bytesEqual,
  formatIpAddress,
  type IpAddress,
  type RemoteEndpoint,
  RserpoolError,
} from '@rserpool/wire';
import type { Group, GroupNetwork, JoinGroupOptions } from '../contract/group.ts';
import { checkAddress, checkInteger } from '../core/bind-settings.ts';
import { maximumDatagramBytes } from '../core/maximum-datagram.ts';
import { messageTooLongError, throwIfAborted } from '../core/transport-errors.ts';
import { addressFromSystem } from '../core/system-addresses.ts';

/** How many bytes may wait to be sent before datagrams are dropped, so that a blocked interface costs no memory. */
const maximumQueuedBytes = 1_048_576;

const isMulticast = (address: IpAddress): boolean =>
  address.length === 4 ? ((address[0] ?? 0) & 0xf0) === 0xe0 : address[0] === 0xff;

/** The interface as the system wants it named: its address for IPv4, its zone for IPv6. */
const interfaceName = (address: IpAddress): string => {
  if (address.length === 4) return formatIpAddress(address);
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    if ((addresses ?? []).some((entry) => bytesEqual(addressFromSystem(entry.address), address)))
      return `::%${name}`;
  }
  throw new RserpoolError(
    'ERR_RSERPOOL_BIND_FAILED',
    `no interface of this host has the address ${formatIpAddress(address)}`,
  );
};

const openSocket = (family: 'udp4' | 'udp6', port: number, address: string | undefined): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = createSocket({ type: family, reuseAddr: true, ipv6Only: family === 'udp6' });
    const onError = (error: Error): void => {
      socket.close();
      reject(error);
    };
    socket.once('error', onError);
    socket.bind({ port, ...(address === undefined ? {} : { address }) }, () => {
      socket.removeListener('error', onError);
      // A datagram that cannot be sent or received is lost, as any may be.
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });

class UdpGroup implements Group {
  readonly localPort: number;
  onDatagram: ((data: Uint8Array, source: RemoteEndpoint) => void) | undefined;
  readonly #receiver: Socket;
  readonly #sender: Socket;
  readonly #group: string;
  readonly #port: number;
  #isClosed = false;

  constructor(receiver: Socket, sender: Socket, options: JoinGroupOptions) {
    this.#receiver = receiver;
    this.#sender = sender;
    this.#group = formatIpAddress(options.group);
    this.#port = options.port;
    this.localPort = sender.address().port;
    receiver.on('message', (data: Uint8Array, from) => {
      if (this.#isClosed) return;
      const copy = new Uint8Array(data);
      this.onDatagram?.(copy, { addresses: [addressFromSystem(from.address)], port: from.port });
    });
  }

  send(data: Uint8Array): void {
    if (data.length > maximumDatagramBytes) throw messageTooLongError(data.length, maximumDatagramBytes);
    if (this.#isClosed) {
      throw new RserpoolError('ERR_RSERPOOL_GROUP_CLOSED', 'the group was left; join it again');
    }
    if (this.#sender.getSendQueueSize() > maximumQueuedBytes) return;
    // With a callback, a failure goes there and not to the socket's 'error' event.
    this.#sender.send(data, this.#port, this.#group, () => undefined);
  }

  close(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#isClosed = true;
    const closed = [this.#receiver, this.#sender].map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.close(() => resolve());
        }),
    );
    return Promise.all(closed).then(() => undefined);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

async function join(options: JoinGroupOptions): Promise<Group> {
  const { group, interfaceAddress, localPort = 0, timeToLive = 1, loopback = true } = options;
  const family = group.length === 4 ? 'udp4' : 'udp6';
  const multicastInterface = interfaceAddress === undefined ? undefined : interfaceName(interfaceAddress);
  // Bound to the group's address, the receiver gets no datagrams of other groups at this port; Windows cannot do that.
  const receiverAddress =
    process.platform === 'win32' || family === 'udp6' ? undefined : formatIpAddress(group);
  const receiver = await openSocket(family, options.port, receiverAddress);
  let sender: Socket | undefined;
  try {
    receiver.addMembership(formatIpAddress(group), multicastInterface);
    sender = await openSocket(
      family,
      localPort,
      interfaceAddress === undefined ? undefined : formatIpAddress(interfaceAddress),
    );
    if (multicastInterface !== undefined) sender.setMulticastInterface(multicastInterface);
    sender.setMulticastTTL(timeToLive);
    sender.setMulticastLoopback(loopback);
    return new UdpGroup(receiver, sender, options);
  } catch (error) {
    receiver.close();
    sender?.close();
    throw error;
  }
}

function joinError(options: JoinGroupOptions, cause: unknown): RserpoolError {
  if (RserpoolError.is(cause)) return cause;
  const isInUse = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
  return new RserpoolError(
    isInUse ? 'ERR_RSERPOOL_ADDRESS_IN_USE' : 'ERR_RSERPOOL_BIND_FAILED',
    `cannot join ${formatIpAddress(options.group)} port ${options.port}: ${(cause as Error).message}; ` +
      'check the interface, and that it does multicast',
    { cause },
  );
}

/**
 * Groups by UDP multicast. Several members on one host share the group's port.
 *
 * @example
 * ```ts
 * import { createUdpGroups } from '@rserpool/transport';
 * import { parseIpAddress } from '@rserpool/wire';
 *
 * await using group = await createUdpGroups().join({ group: parseIpAddress('224.0.1.185'), port: 3863 });
 * group.onDatagram = (data, source) => console.log(data.length, 'bytes from port', source.port);
 * ```
 */
export function createUdpGroups(): GroupNetwork {
  return {
    async join(options: JoinGroupOptions): Promise<Group> {
      checkAddress('group', options.group);
      if (!isMulticast(options.group)) {
        throw new RserpoolError(
          'ERR_RSERPOOL_INVALID_ARGUMENT',
          `${formatIpAddress(options.group)} is no multicast address`,
        );
      }
      if (options.interfaceAddress !== undefined) checkAddress('interfaceAddress', options.interfaceAddress);
      checkInteger('port', options.port, 1, 65_535);
      checkInteger('localPort', options.localPort ?? 0, 0, 65_535);
      checkInteger('timeToLive', options.timeToLive ?? 1, 0, 255);
      throwIfAborted('joining', options.signal);
      let group: Group;
      try {
        group = await join(options);
      } catch (error) {
        throw joinError(options, error);
      }
      try {
        throwIfAborted('joining', options.signal);
      } catch (error) {
        await group.close();
        throw error;
      }
      return group;
    },
  };
}
