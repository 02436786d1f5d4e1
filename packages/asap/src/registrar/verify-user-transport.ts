import type { IpAddress, RemoteEndpoint, UserTransport } from '@rserpool/wire';
import { includesAddress } from '../server-hunt/same-endpoint.ts';
import { type AddressScope, reaches } from './address-scope.ts';

/** What the addresses of a user transport have to be. */
export interface AddressRule {
  /** The other end of the association that they have to belong to; absent where that is not asked for. */
  readonly remote: RemoteEndpoint | undefined;
  /** How far they have to reach. */
  readonly minimumScope: AddressScope;
}

/**
 * RFC 5352 section 2.2.1: the addresses that a pool element registers have to be a subset of those of its
 * association, whatever the transport protocol; and they have to reach as far as the operator wants.
 *
 * @param transport - What the element registers.
 * @param rule - What its addresses have to be.
 * @returns The transport with the addresses that are, and the very same object where all are; `undefined` where none
 *   is. A transport without addresses is none of the rule's business.
 */
export function verifyUserTransport(transport: UserTransport, rule: AddressRule): UserTransport | undefined {
  switch (transport.protocol) {
    case 'opaque':
      return transport;
    case 'sctp': {
      if (areAllAllowed(transport.addresses, rule)) return transport;
      const addresses = transport.addresses.filter((address) => isAllowed(address, rule));
      return addresses.length === 0 ? undefined : { ...transport, addresses };
    }
    default:
      return isAllowed(transport.address, rule) ? transport : undefined;
  }
}

/**
 * The addresses of a transport that are not what they have to be.
 *
 * @param transport - What the element registers.
 * @param rule - What its addresses have to be.
 */
export function refusedAddresses(transport: UserTransport, rule: AddressRule): readonly IpAddress[] {
  if (transport.protocol === 'opaque') return [];
  const addresses = transport.protocol === 'sctp' ? transport.addresses : [transport.address];
  return addresses.filter((address) => !isAllowed(address, rule));
}

// A loop of its own: every registration comes here, and nearly all of them have nothing to be left out.
function areAllAllowed(addresses: readonly IpAddress[], rule: AddressRule): boolean {
  for (const address of addresses) if (!isAllowed(address, rule)) return false;
  return true;
}

function isAllowed(address: IpAddress, { remote, minimumScope }: AddressRule): boolean {
  if (remote === undefined) return reaches(address, minimumScope);
  // Where an association has its end is an address that somebody has, so that the least scope asks for nothing.
  return (
    includesAddress(remote.addresses, address) &&
    (minimumScope === 'loopback' || reaches(address, minimumScope))
  );
}
