import type { IpAddress, RemoteEndpoint, UserTransport } from '@rserpool/wire';
import { includesAddress } from '../server-hunt/same-endpoint.ts';

/**
 * RFC 5352 section 2.2.1: the addresses that a pool element registers have to be a subset of those of its
 * association, whatever the transport protocol.
 *
 * @param transport - What the element registers.
 * @param remote - The other end of the association.
 * @returns The transport with the addresses that are, and the very same object where all are; `undefined` where none
 *   is. A transport without addresses is none of the rule's business.
 */
export function verifyUserTransport(
  transport: UserTransport,
  remote: RemoteEndpoint,
): UserTransport | undefined {
  switch (transport.protocol) {
    case 'opaque':
      return transport;
    case 'sctp': {
      if (includesAll(remote, transport.addresses)) return transport;
      const addresses = transport.addresses.filter((address) => includesAddress(remote.addresses, address));
      return addresses.length === 0 ? undefined : { ...transport, addresses };
    }
    default:
      return includesAddress(remote.addresses, transport.address) ? transport : undefined;
  }
}

// A loop of its own: every registration comes here, and nearly all of them have nothing to be left out.
function includesAll(remote: RemoteEndpoint, addresses: readonly IpAddress[]): boolean {
  for (const address of addresses) if (!includesAddress(remote.addresses, address)) return false;
  return true;
}
