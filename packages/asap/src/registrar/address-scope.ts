import type { IpAddress } from '@rserpool/wire';

/**
 * How far an address reaches. `loopback`: within the host. `link`: within one network segment, and not without naming
 * the interface. `site`: within an organization (private IPv4 addresses, those shared behind a carrier's translation,
 * unique local IPv6 addresses). `global`: everywhere.
 */
export type AddressScope = 'loopback' | 'link' | 'site' | 'global';

const order: readonly AddressScope[] = ['loopback', 'link', 'site', 'global'];

/**
 * The scope of an address (RFC 6890, RFC 4193, RFC 4291; the classes of RFC 4960 section 5.1.2 for SCTP over IPv4).
 *
 * @param address - 4 or 16 bytes; an IPv4 address that is written as IPv6 has the scope of the IPv4 address.
 * @returns `undefined` for an address that nobody has: the unspecified one, multicast, broadcast.
 */
export function addressScope(address: IpAddress): AddressScope | undefined {
  if (address.length === 4) return scopeOfIpv4(address);
  return isMapped(address) ? scopeOfIpv4(address.subarray(12)) : scopeOfIpv6(address);
}

/**
 * Whether an address reaches at least as far as it has to.
 *
 * @param address - The address.
 * @param least - How far it has to reach.
 */
export function reaches(address: IpAddress, least: AddressScope): boolean {
  const scope = addressScope(address);
  return scope !== undefined && order.indexOf(scope) >= order.indexOf(least);
}

function scopeOfIpv4(address: IpAddress): AddressScope | undefined {
  const [first = 0, second = 0] = address;
  if (first === 0 || (first >= 224 && first < 240) || address.every((byte) => byte === 255)) return undefined;
  if (first === 127) return 'loopback';
  if (first === 169 && second === 254) return 'link';
  const isPrivate = first === 10 || (first === 172 && second >> 4 === 1) || (first === 192 && second === 168);
  const isShared = first === 100 && second >> 6 === 1;
  return isPrivate || isShared ? 'site' : 'global';
}

function scopeOfIpv6(address: IpAddress): AddressScope | undefined {
  const [first = 0, second = 0] = address;
  if (first === 0xff) return undefined;
  if (first === 0xfe && second >> 6 === 2) return 'link';
  // fec0::/10 was site-local until RFC 3879.
  if ((first & 0xfe) === 0xfc || (first === 0xfe && second >> 6 === 3)) return 'site';
  if (address.subarray(0, 15).some((byte) => byte !== 0)) return 'global';
  return address[15] === 1 ? 'loopback' : undefined;
}

/** Whether it is ::ffff:0:0/96 (RFC 4291 section 2.5.5.2). */
function isMapped(address: IpAddress): boolean {
  return address.subarray(0, 10).every((byte) => byte === 0) && address[10] === 0xff && address[11] === 0xff;
}
