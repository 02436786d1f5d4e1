import { formatIpAddress, type IpAddress } from '@rserpool/wire';
import type { SocketKind } from '../socket-carrier.ts';
import type { UdpPortRule } from './encapsulation-port.ts';
import { probeUdpPort } from './port-probe.ts';
import { openUdpSocket } from './udp-socket.ts';

/**
 * UDP sockets (RFC 6951).
 *
 * @param localPort - The UDP port that they have.
 */
export function udpSockets(localPort: UdpPortRule): SocketKind {
  const udpPort = (port: number): number => (localPort === 'sctp-port' ? port : localPort);
  return {
    dependsOnPort: localPort === 'sctp-port',
    name: (address: IpAddress, port: number) => `udp ${formatIpAddress(address)} ${udpPort(port)}`,
    open: (address: IpAddress, port: number) => openUdpSocket(address, udpPort(port)),
    probe: (destination, encapsulationPort, onRefused) =>
      encapsulationPort === 0 ? () => undefined : probeUdpPort(destination, encapsulationPort, onRefused),
  };
}
