import { existsSync } from 'node:fs';
import { formatIpAddress, type IpAddress, RserpoolError } from '@rserpool/wire';
import { addressFamilyIpv4, nonBlocking, protocolSctp, socketRaw } from '../native/constants.ts';
import type { NativeSockets } from '../native/native-sockets.ts';
import type { SocketKind } from '../socket-carrier.ts';
import { probeProtocol } from './protocol-probe.ts';
import { openRawSocket } from './raw-socket.ts';

/** There where the kernel's SCTP is loaded. */
const kernelSctp = '/proc/net/sctp';

/**
 * Raw IP sockets.
 *
 * @param native - The system calls.
 * @throws RserpoolError `ERR_RSERPOOL_CARRIER_UNAVAILABLE` where this process may not have any.
 */
export function rawSockets(native: NativeSockets): SocketKind {
  if (existsSync(kernelSctp)) {
    throw new RserpoolError(
      'ERR_RSERPOOL_CARRIER_UNAVAILABLE',
      "the kernel does SCTP itself and would abort what it does not know; take the carrier 'kernel', or unload it (rmmod sctp)",
    );
  }
  const descriptor = native.socket(addressFamilyIpv4, socketRaw | nonBlocking, protocolSctp);
  if (descriptor < 0) {
    const reason = native.errorName(native.errno());
    throw new RserpoolError(
      'ERR_RSERPOOL_CARRIER_UNAVAILABLE',
      `no raw IP sockets for this process (${reason}): run it as root or with CAP_NET_RAW (setcap cap_net_raw+ep, or systemd's AmbientCapabilities); or take the carrier 'udp'`,
    );
  }
  native.close(descriptor);
  return {
    dependsOnPort: false,
    name: (address: IpAddress) => `raw ${formatIpAddress(address)}`,
    open: (address: IpAddress) => openRawSocket(native, address),
    probe: (destination, _port, onRefused) => probeProtocol(native, destination, onRefused),
  };
}
