import { bytesEqual, type IpAddress } from '@rserpool/wire';
import { AddressScope, addressScope } from './address-scope.ts';

/** How many addresses of a peer are used at most; what it lists beyond is ignored, so that no INIT costs more memory. */
export const maximumRemoteAddresses = 16;

/**
 * The addresses to list to a peer in INIT, INIT ACK or ASCONF: what reaches no further than this host or link is of no
 * use to somebody who is not there (and could be somebody else's address at the peer's). A peer on this host is told the
 * loopback addresses only, where there are some: the others lead the same way.
 *
 * @param addresses - The endpoint's addresses.
 * @param peer - An address of the peer.
 * @returns In the same order.
 */
export function addressesToList(addresses: readonly IpAddress[], peer: IpAddress): IpAddress[] {
  const peerScope = addressScope(peer);
  if (peerScope === AddressScope.loopback) {
    const local = addresses.filter((address) => addressScope(address) === AddressScope.loopback);
    if (local.length > 0) return local;
  }
  return addresses.filter((address) => {
    const scope = addressScope(address);
    return scope >= AddressScope.private ? true : scope >= peerScope;
  });
}

/**
 * The addresses of a peer out of those that it listed (RFC 9260 section 5.1.2): without those that cannot be reached
 * from here, without repetitions, and with the one that the chunk came from where it is missing in the list.
 *
 * @param listed - In the chunk's order.
 * @param source - Where the chunk came from.
 * @param locals - The endpoint's own addresses: their families can be used.
 */
export function usableRemoteAddresses(
  listed: readonly IpAddress[],
  source: IpAddress,
  locals: readonly IpAddress[],
): IpAddress[] {
  const sourceScope = addressScope(source);
  const usable: IpAddress[] = [];
  for (const address of listed) {
    if (usable.length === maximumRemoteAddresses) break;
    const scope = addressScope(address);
    if (scope === AddressScope.none || (scope < AddressScope.private && scope < sourceScope)) continue;
    if (!locals.some((local) => local.length === address.length)) continue;
    if (!includesAddress(usable, address)) usable.push(address);
  }
  if (includesAddress(usable, source)) return usable;
  if (usable.length === maximumRemoteAddresses) usable.pop();
  usable.unshift(source);
  return usable;
}

/** Whether a list has an address. */
export function includesAddress(addresses: readonly IpAddress[], address: IpAddress): boolean {
  return addresses.some((other) => bytesEqual(other, address));
}
