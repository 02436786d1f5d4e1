import type { PacketSocket } from './packet-socket.ts';
import { SharedSocket } from './shared-socket.ts';

interface Entry {
  readonly opening: Promise<SharedSocket>;
  /** How many endpoints use the socket, those that wait for it included. */
  users: number;
}

/** The sockets of the process, with those that are being opened. */
const entries: Map<string, Entry> = new Map();

/** A socket that somebody uses. */
export interface AcquiredSocket {
  /** The socket. */
  readonly socket: SharedSocket;
  /** Leaves it; the last one closes it. */
  readonly release: () => Promise<void>;
}

/**
 * The socket of this process with a name: the one that is there, or a new one. One process often has a registrar and
 * elements, and they share an address like that.
 *
 * @param name - What it is, its address and port.
 * @param open - Opens it.
 * @throws What opening it throws.
 */
export async function acquireSocket(
  name: string,
  open: () => Promise<PacketSocket>,
): Promise<AcquiredSocket> {
  const entry = entries.get(name) ?? { opening: open().then((socket) => new SharedSocket(socket)), users: 0 };
  entries.set(name, entry);
  entry.users += 1;
  const leave = (): boolean => {
    entry.users -= 1;
    if (entry.users > 0) return false;
    entries.delete(name);
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
    throw error;
  }
}
