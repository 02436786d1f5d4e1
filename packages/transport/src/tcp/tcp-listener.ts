import { createServer, type Server, type Socket } from 'node:net';
import { formatIpAddress, type IpAddress, RserpoolError } from '@rserpool/wire';

/** How often a port that is free at the first address, but not at another, is replaced by another. */
const portTries = 16;

const listenAt = (address: IpAddress, port: number, onSocket: (socket: Socket) => void): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, onSocket);
    server.once('error', reject);
    server.listen({ host: formatIpAddress(address), port, ipv6Only: address.length === 16 }, () => {
      server.removeListener('error', reject);
      // A connection that could not be accepted (no more descriptors) is the caller's to try again.
      server.on('error', () => undefined);
      resolve(server);
    });
  });

const portOf = (server: Server): number => {
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
};

/** Servers at several addresses and one port. */
export class TcpListener {
  readonly port: number;
  readonly #servers: readonly Server[];

  private constructor(port: number, servers: readonly Server[]) {
    this.port = port;
    this.#servers = servers;
  }

  /**
   * Listens at all of the addresses.
   *
   * @param addresses - Where; at least one.
   * @param port - Which port, or 0 for one that is free at all of them.
   * @param onSocket - Takes each connection.
   * @throws RserpoolError `ERR_RSERPOOL_ADDRESS_IN_USE`, `ERR_RSERPOOL_BIND_FAILED`.
   */
  static async open(
    addresses: readonly IpAddress[],
    port: number,
    onSocket: (socket: Socket) => void,
  ): Promise<TcpListener> {
    for (let tries = 1; ; tries += 1) {
      const servers: Server[] = [];
      let common = port;
      try {
        for (const address of addresses) {
          const server = await listenAt(address, common, onSocket);
          servers.push(server);
          common = portOf(server);
        }
        return new TcpListener(common, servers);
      } catch (error) {
        for (const server of servers) server.close();
        const isInUse = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
        if (isInUse && port === 0 && tries < portTries) continue;
        throw new RserpoolError(
          isInUse ? 'ERR_RSERPOOL_ADDRESS_IN_USE' : 'ERR_RSERPOOL_BIND_FAILED',
          `cannot listen on ${addresses.map((address) => formatIpAddress(address)).join(', ')} port ${port}: ` +
            `${(error as Error).message}; choose another address or port`,
          { cause: error },
        );
      }
    }
  }

  /** Listens no more; connections that are up go on. */
  close(): void {
    for (const server of this.#servers) server.close();
  }
}
