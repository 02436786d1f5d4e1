import type { IpAddress, RemoteEndpoint } from '@rserpool/wire';

/** A multicast group and the interface to use; the profile knows what is left out. */
export interface AnnounceGroup {
  /** The group's address. */
  readonly group?: IpAddress;
  /** The group's port. */
  readonly port?: number;
  /** The address of the local interface, where one is known. */
  readonly interfaceAddress?: IpAddress;
}

/**
 * The group that registrars are announced to.
 *
 * @param group - Its address and port, or `true` for that of the profile, which is one of IPv4.
 * @param local - Where this side listens, or whom it would talk to: its interface is used, unless it is every address.
 */
export function announceGroup(
  group: RemoteEndpoint | true,
  local: RemoteEndpoint | undefined,
): AnnounceGroup {
  const [address] = group === true ? [] : group.addresses;
  const own = local?.addresses.find(({ length }) => length === (address?.length ?? 4));
  const isSpecific = own?.some((byte) => byte !== 0) ?? false;
  return {
    ...(address !== undefined && { group: address }),
    ...(group !== true && { port: group.port }),
    ...(own !== undefined && isSpecific && { interfaceAddress: own }),
  };
}
