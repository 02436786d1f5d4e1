import { createSocket } from 'node:dgram';
import { formatIpAddress, type RemoteEndpoint, RserpoolError } from '@rserpool/wire';

/** Sends datagrams to one receiver. */
export interface DatagramSender {
  /** Sends one; what becomes of it is not known, but for a failure that the host itself notices. */
  send(data: Uint8Array): void;
  /** Waits until what was sent has left, and closes; never rejects. */
  close(): Promise<void>;
}

/**
 * Sends to a receiver by UDP. It does not keep the process alive.
 *
 * @param to - The receiver, of which the first address is used.
 * @param onFailure - Is told what the host itself notices.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where the receiver has no address.
 */
export function createUdpSender(
  to: RemoteEndpoint,
  onFailure: (error: RserpoolError) => void,
): DatagramSender {
  const [address] = to.addresses;
  if (address === undefined) {
    throw new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', 'the server of status reports has no address');
  }
  const host = formatIpAddress(address);
  const failed = (cause: Error): void => {
    const text = `a status report to ${host} port ${to.port} failed: ${cause.message}; check the address and the route`;
    onFailure(new RserpoolError('ERR_RSERPOOL_STATUS_REPORT_FAILED', text, { cause }));
  };
  const socket = createSocket(address.length === 4 ? 'udp4' : 'udp6');
  socket.on('error', failed);
  socket.unref();
  let last: Promise<void> = Promise.resolve();
  return {
    send: (data) => {
      last = new Promise((resolve) => {
        socket.send(data, to.port, host, (error) => {
          if (error !== null) failed(error);
          resolve();
        });
      });
    },
    close: async () => {
      await last;
      await new Promise<void>((resolve) => {
        socket.close(() => resolve());
      });
    },
  };
}
