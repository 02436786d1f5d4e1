import { createSocket } from 'node:dgram';
import { formatIpAddress, type IpAddress } from '@rserpool/wire';

/**
 * Asks a host whether anybody has a UDP port. Unconnected sockets are never told of ICMP messages, so that an INIT to a
 * process that is gone would wait for its timeout. A connected one is: this sends an empty datagram from a port of its
 * own, which every SCTP stack drops as too short, and hears whether the host refuses it.
 *
 * @param address - The host.
 * @param port - The UDP port.
 * @param onRefused - Told at most once, when nobody has the port.
 * @returns Ends the question.
 */
export function probeUdpPort(address: IpAddress, port: number, onRefused: () => void): () => void {
  const socket = createSocket(address.length === 4 ? 'udp4' : 'udp6');
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    socket.close();
  };
  socket.unref();
  socket.on('error', (error: NodeJS.ErrnoException) => {
    const isRefused = error.code === 'ECONNREFUSED' && isOpen;
    close();
    if (isRefused) onRefused();
  });
  // Not as the callback of connect, which is called for failures as well: there may be no way to the address.
  socket.once('connect', () => {
    if (isOpen) socket.send(new Uint8Array(0));
  });
  socket.connect(port, formatIpAddress(address));
  return close;
}
