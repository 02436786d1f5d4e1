import type { IpAddress, RemoteEndpoint } from '@rserpool/wire';

/** A multicast group and the interface to use. */
export interface AnnounceGroup {
  /** The group's address. */
  readonly group: IpAddress;
  /** The group's port. */
  readonly port: number;
  /** The address of the local interface, where one is known. */
  readonly interfaceAddress?: IpAddress;
}

/**
 * The group that registrars are announced to.
 *
 * @param group - Its address and port.
 * @param local - Where this side listens, or whom it would talk to: its interface is used, unless it is every address.
 */
export function announceGroup(group: RemoteEndpoint, local: RemoteEndpoint | undefined): AnnounceGroup {
  const address = group.addresses[0] ?? new Uint8Array();
  const own = local?.addresses.find(({ length }) => length === address.length);
  const isSpecific = own?.some((byte) => byte !== 0) ?? false;
  return {
    group: address,
    port: group.port,
    ...(own !== undefined && isSpecific && { interfaceAddress: own }),
  };
}
