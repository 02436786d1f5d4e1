import type { IpAddress, RemoteEndpoint } from '@rserpool/wire';
import { bytesEqual } from '@rserpool/wire';

/**
 * Whether two descriptions mean one endpoint: the same port and a common address. A multi-homed endpoint may be
 * configured by one of its addresses and announced by all of them.
 */
export function isSameEndpoint(left: RemoteEndpoint, right: RemoteEndpoint): boolean {
  return (
    left.port === right.port && left.addresses.some((address) => includesAddress(right.addresses, address))
  );
}

/** Whether a list of addresses has this one. */
export function includesAddress(addresses: readonly IpAddress[], address: IpAddress): boolean {
  for (const candidate of addresses) if (bytesEqual(candidate, address)) return true;
  return false;
}
