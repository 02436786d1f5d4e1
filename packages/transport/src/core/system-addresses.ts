import { networkInterfaces } from 'node:os';
import { type IpAddress, parseIpAddress } from '@rserpool/wire';

const isIpv4Mapped = (address: IpAddress): boolean =>
  address.length === 16 &&
  address[10] === 0xff &&
  address[11] === 0xff &&
  address.subarray(0, 10).every((byte) => byte === 0);

/**
 * An address as the system writes it; an IPv4 address that is mapped into IPv6 becomes IPv4, and a zone is dropped.
 *
 * @param text - Such as `192.0.2.1`, `::1`, `fe80::1%eth0`.
 */
export function addressFromSystem(text: string): IpAddress {
  const address = parseIpAddress(text.split('%', 1)[0] ?? text);
  return isIpv4Mapped(address) ? address.slice(12) : address;
}

/**
 * Whether an address is the unspecified one, `0.0.0.0` or `::`.
 *
 * @param address - The address.
 */
export function isUnspecified(address: IpAddress): boolean {
  return address.every((byte) => byte === 0);
}

/**
 * Whether an address is a loopback one: 127.0.0.0/8 or ::1.
 *
 * @param address - The address.
 */
export function isLoopback(address: IpAddress): boolean {
  if (address.length === 4) return address[0] === 127;
  return address[15] === 1 && address.subarray(0, 15).every((byte) => byte === 0);
}

const isLinkLocal = (address: IpAddress): boolean =>
  address.length === 16 && address[0] === 0xfe && ((address[1] ?? 0) & 0xc0) === 0x80;

/**
 * This host's addresses, those that others can reach first; link-local ones mean nothing without a zone and are left
 * out.
 *
 * @param length - 4 for IPv4, 16 for IPv6, all by default.
 */
export function hostAddresses(length?: number): IpAddress[] {
  const all = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => addressFromSystem(address))
    .filter((address) => !isLinkLocal(address) && (length === undefined || address.length === length));
  return [...all.filter((address) => !isLoopback(address)), ...all.filter(isLoopback)];
}
