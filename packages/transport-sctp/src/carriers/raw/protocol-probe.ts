import type { IpAddress } from '@rserpool/wire';
import {
  addressFamilyIpv4,
  addressFamilyIpv6,
  flagNoSignal,
  nonBlocking,
  protocolSctp,
  socketRaw,
} from '../native/constants.ts';
import type { NativeSockets } from '../native/native-sockets.ts';
import { encodeSocketAddress } from '../native/socket-address.ts';

/** What a host without SCTP says, by ICMP and ICMPv6: ENOPROTOOPT, EPROTO, ECONNREFUSED. */
const refusals: readonly number[] = [92, 71, 111];

/** As much of a packet has to come back in an ICMP message, or it is not told; an SCTP packet has at least 12 bytes. */
const probeBytes = 8;

/** Packets of others that come meanwhile are thrown away, as many in a row. */
const packetsPerTurn = 64;

/**
 * Asks a host whether it takes SCTP at all. Only connected sockets are told of ICMP messages: this one sends a packet that
 * every SCTP stack drops as too short, and hears whether the host knows the protocol.
 *
 * @param native - The system calls.
 * @param address - The host.
 * @param onRefused - Told at most once, when it does not.
 * @returns Ends the question.
 */
export function probeProtocol(native: NativeSockets, address: IpAddress, onRefused: () => void): () => void {
  const family = address.length === 4 ? addressFamilyIpv4 : addressFamilyIpv6;
  const descriptor = native.socket(family, socketRaw | nonBlocking, protocolSctp);
  if (descriptor < 0) return () => undefined;
  const name = encodeSocketAddress(address, 0);
  const nothing = Buffer.alloc(64);
  const nameLength = Buffer.alloc(4);
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    poll.close();
    native.close(descriptor);
  };
  const poll = native.poll(descriptor, () => {
    for (let count = 0; count < packetsPerTurn && isOpen; count += 1) {
      nameLength.writeUInt32LE(0);
      if (Number(native.recvfrom(descriptor, nothing, nothing.length, 0, nothing, nameLength)) >= 0) continue;
      if (!refusals.includes(native.errno())) return;
      close();
      onRefused();
    }
  });
  if (native.connect(descriptor, name, name.length) === 0) {
    native.sendto(descriptor, nothing, probeBytes, flagNoSignal, name, name.length);
  }
  return close;
}
