import type { IpAddress } from '@rserpool/wire';

/** How far an address reaches; a smaller number reaches less far. */
export const AddressScope = {
  /** Of no use as the address of a host: unspecified, multicast, broadcast, IPv4 within IPv6. */
  none: 0,
  /** This host. */
  loopback: 1,
  /** This link. */
  linkLocal: 2,
  /** This site (RFC 1918, RFC 4193). */
  private: 3,
  /** Everywhere. */
  global: 4,
} as const;

/** One of {@link AddressScope}. */
export type AddressScope = (typeof AddressScope)[keyof typeof AddressScope];

/**
 * How far an address reaches.
 *
 * @param address - An address of any length; one that is neither IPv4 nor IPv6 has the scope `none`.
 */
export function addressScope(address: IpAddress): AddressScope {
  if (address.length === 4) return scopeOfIpv4(address[0] as number, address[1] as number, address);
  if (address.length === 16) return scopeOfIpv6(address);
  return AddressScope.none;
}

function scopeOfIpv4(first: number, second: number, address: IpAddress): AddressScope {
  if (first === 127) return AddressScope.loopback;
  if (first >= 224 || isZero(address, 0, 4)) return AddressScope.none;
  if (first === 169 && second === 254) return AddressScope.linkLocal;
  if (first === 10 || (first === 172 && (second & 0xf0) === 16) || (first === 192 && second === 168)) {
    return AddressScope.private;
  }
  return AddressScope.global;
}

function scopeOfIpv6(address: IpAddress): AddressScope {
  const first = address[0] as number;
  if (first === 0xff) return AddressScope.none;
  if (first === 0xfe && ((address[1] as number) & 0xc0) === 0x80) return AddressScope.linkLocal;
  if ((first & 0xfe) === 0xfc) return AddressScope.private;
  if (isZero(address, 0, 10)) {
    if (isZero(address, 10, 15)) return address[15] === 1 ? AddressScope.loopback : AddressScope.none;
    // RFC 9260 section 3.3.2.1.2: an IPv4-mapped address must not be used.
    if (address[10] === 0xff && address[11] === 0xff) return AddressScope.none;
  }
  return AddressScope.global;
}

function isZero(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] !== 0) return false;
  return true;
}
