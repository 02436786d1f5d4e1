import { bytesToHex, formatIpAddress, type IpAddress, RserpoolError } from '@rserpool/wire';
import { SharedUdpSocket } from './shared-socket.ts';

interface Entry {
  readonly opening: Promise<SharedUdpSocket>;
  /** How many endpoints use the socket, those that wait for it included. */
  users: number;
}

/** The sockets of the process by local address and UDP port, with those that are being bound. */
const entries: Map<string, Entry> = new Map();

/** A socket that somebody uses. */
export interface AcquiredSocket {
  /** The socket. */
  readonly socket: SharedUdpSocket;
  /** Leaves it; the last one closes it. */
  readonly release: () => Promise<void>;
}

/**
 * The socket of this process at a local address and UDP port: the one that is there, or a new one. One process often has
 * a registrar and elements, and they share 9899 like that.
 *
 * @param address - The local address.
 * @param port - The UDP port, 1 .. 65535.
 * @throws RserpoolError `ERR_RSERPOOL_ADDRESS_IN_USE`, `ERR_RSERPOOL_BIND_FAILED`.
 */
export async function acquireSocket(address: IpAddress, port: number): Promise<AcquiredSocket> {
  const key = `${bytesToHex(address)}|${port}`;
  const entry = entries.get(key) ?? { opening: SharedUdpSocket.open(address, port), users: 0 };
  entries.set(key, entry);
  entry.users += 1;
  const leave = (): boolean => {
    entry.users -= 1;
    if (entry.users > 0) return false;
    entries.delete(key);
    return true;
  };
  try {
    const socket = await entry.opening;
    return {
      socket,
      release: async () => {
        if (leave()) await socket.close();
      },
    };
  } catch (error) {
    leave();
    throw bindError(address, port, error);
  }
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
    `cannot bind UDP port ${port} at ${text} (${message}); check that this host has the address, and the port's permission`,
    { cause },
  );
}
