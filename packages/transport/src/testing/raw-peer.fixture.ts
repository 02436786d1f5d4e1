import { createServer, type Server, type Socket } from 'node:net';
import { parseIpAddress, type RemoteEndpoint } from '@rserpool/wire';
import { encodeControlFrame, FrameType } from '../tcp/framing/frame.ts';
import { encodeHello, framingVersion } from '../tcp/framing/hello.ts';

/** A server on a plain socket, which says only what a test wants. */
export interface RawPeer {
  readonly remote: RemoteEndpoint;
  readonly sockets: Socket[];
  close(): Promise<void>;
}

/** A HELLO frame that announces a port and addresses. */
export const helloFrame = (port: number, addresses: readonly string[] = ['127.0.0.1']): Uint8Array =>
  encodeControlFrame(
    FrameType.hello,
    encodeHello({
      version: framingVersion,
      port,
      heartbeatIntervalMs: 60_000,
      addresses: addresses.map((address) => parseIpAddress(address)),
    }),
  );

/**
 * Listens on the loopback address.
 *
 * @param onSocket - What to do with a connection; it is read, and errors are ignored.
 */
export function listenRaw(
  onSocket: (socket: Socket, port: number) => void = () => undefined,
): Promise<RawPeer> {
  return new Promise((resolve) => {
    const sockets: Socket[] = [];
    const server: Server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.resume();
      onSocket(socket, portOf(server));
    });
    server.listen(0, '127.0.0.1', () => {
      resolve({
        remote: { addresses: [parseIpAddress('127.0.0.1')], port: portOf(server) },
        sockets,
        close: () => {
          for (const socket of sockets) socket.destroy();
          return new Promise((done) => {
            server.close(() => done());
          });
        },
      });
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
