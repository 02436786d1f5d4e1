import { createSocket, type Socket } from 'node:dgram';
import { formatIpAddress, type IpAddress } from '@rserpool/wire';

/** What becomes of a packet between two addresses; true lets it through. */
export type RelayFilter = (client: string, server: string, towardsServer: boolean) => boolean;

/**
 * A router in a process: it stands between a client and a server that both have several addresses, and can drop what it
 * wants. The client reaches the server's addresses at the relay's port (a map of UDP ports), and the server learns where
 * the client's addresses are from what comes (RFC 6951 section 5.4).
 */
export interface UdpRelay {
  /** The UDP port at which the server's addresses are reached by way of the relay. */
  readonly port: number;
  /** The UDP port at which a client's address is reached by way of the relay, for servers that begin. */
  clientPort(address: string): number;
  /** Decides about each packet; lets everything through at first. */
  filter: RelayFilter;
  /** The server's UDP port; what comes from another one is dropped. */
  serverPort: number;
  /** How many packets were dropped. */
  readonly dropped: number;
  /** Frees the ports towards the client, as if the server's process were gone: the host refuses packets. */
  die(): Promise<void>;
  /** Frees everything. */
  close(): Promise<void>;
}

const bound = (address: string, port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const isIpv6 = address.includes(':');
    const socket = createSocket({ type: isIpv6 ? 'udp6' : 'udp4', ipv6Only: isIpv6 });
    socket.once('error', reject);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.removeListener('error', reject);
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });

const closed = (sockets: Iterable<Socket>): Promise<void> =>
  Promise.all(
    [...sockets].map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.close(() => resolve());
        }),
    ),
  ).then(() => undefined);

/** One socket at each address, with the same port where it is given. */
const boundAll = async (addresses: readonly string[], port: number): Promise<Map<string, Socket>> => {
  const sockets = new Map<string, Socket>();
  for (const address of addresses) sockets.set(address, await bound(address, port));
  return sockets;
};

/** A port that is free at all addresses. */
const boundTogether = async (
  addresses: readonly string[],
): Promise<{ port: number; sockets: Map<string, Socket> }> => {
  for (let tries = 1; ; tries += 1) {
    const first = await bound(addresses[0] ?? '127.0.0.1', 0);
    const { port } = first.address();
    try {
      const others = await boundAll(addresses.slice(1), port);
      return { port, sockets: new Map([[addresses[0] ?? '127.0.0.1', first], ...others]) };
    } catch (error) {
      first.close();
      if (tries === 20) throw error;
    }
  }
};

/**
 * Opens a relay.
 *
 * @param clients - The client's addresses.
 * @param servers - The server's addresses.
 * @param serverPort - The server's UDP port.
 */
export async function openUdpRelay(
  clients: readonly IpAddress[],
  servers: readonly IpAddress[],
  serverPort: number,
): Promise<UdpRelay> {
  const near = await boundTogether(servers.map((address) => formatIpAddress(address)));
  const far = await boundAll(
    clients.map((address) => formatIpAddress(address)),
    0,
  );
  const clientPorts = new Map<string, number>();
  let isDead = false;
  let dropped = 0;
  const relay = {
    port: near.port,
    serverPort,
    clientPort: (address: string): number => far.get(address)?.address().port ?? 0,
    filter: (() => true) as RelayFilter,
    get dropped(): number {
      return dropped;
    },
    die: async (): Promise<void> => {
      if (isDead) return;
      isDead = true;
      await closed(near.sockets.values());
    },
    close: async (): Promise<void> => {
      await relay.die();
      await closed(far.values());
    },
  };
  for (const [server, socket] of near.sockets) {
    socket.on('message', (data, from) => {
      clientPorts.set(from.address, from.port);
      if (relay.filter(from.address, server, true))
        far.get(from.address)?.send(data, relay.serverPort, server);
      else dropped += 1;
    });
  }
  for (const [client, socket] of far) {
    socket.on('message', (data, from) => {
      const port = clientPorts.get(client);
      if (isDead || port === undefined || from.port !== relay.serverPort) return;
      if (relay.filter(client, from.address, false)) near.sockets.get(from.address)?.send(data, port, client);
      else dropped += 1;
    });
  }
  return relay;
}
