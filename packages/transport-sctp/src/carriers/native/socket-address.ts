import type { IpAddress } from '@rserpool/wire';
import { addressFamilyIpv4, addressFamilyIpv6 } from './constants.ts';

/** The length of sockaddr_in and sockaddr_in6, in bytes. */
const ipv4Length = 16;
const ipv6Length = 28;

/** The length of sockaddr_storage, in bytes. */
export const socketAddressStorageLength = 128;

/** An address with its port, as the system has it. */
export interface SocketAddress {
  /** The address; IPv4 that is mapped into IPv6 is IPv4 here. */
  readonly address: IpAddress;
  /** The port. */
  readonly port: number;
}

/**
 * An address and port as sockaddr_in or sockaddr_in6.
 *
 * @param address - The address.
 * @param port - The port, 0 .. 65535.
 */
export function encodeSocketAddress(address: IpAddress, port: number): Uint8Array {
  const isIpv4 = address.length === 4;
  // Off the engine's heap, because the system is given its place.
  const bytes = Buffer.alloc(isIpv4 ? ipv4Length : ipv6Length);
  bytes.writeUInt16LE(isIpv4 ? addressFamilyIpv4 : addressFamilyIpv6, 0);
  bytes.writeUInt16BE(port, 2);
  bytes.set(address, isIpv4 ? 4 : 8);
  return bytes;
}

/**
 * What a sockaddr says; `undefined` where it is neither IPv4 nor IPv6.
 *
 * @param bytes - Where it is.
 * @param at - Where it begins.
 */
export function decodeSocketAddress(bytes: Buffer, at: number): SocketAddress | undefined {
  const family = bytes.readUInt16LE(at);
  if (family === addressFamilyIpv4) {
    return { address: new Uint8Array(bytes.subarray(at + 4, at + 8)), port: bytes.readUInt16BE(at + 2) };
  }
  if (family !== addressFamilyIpv6) return undefined;
  const address = new Uint8Array(bytes.subarray(at + 8, at + 24));
  const isMapped =
    address.subarray(0, 10).every((byte) => byte === 0) && address[10] === 0xff && address[11] === 0xff;
  return { address: isMapped ? address.slice(12) : address, port: bytes.readUInt16BE(at + 2) };
}

/**
 * The addresses of a packed list of sockaddr_in and sockaddr_in6.
 *
 * @param bytes - Where it is.
 * @param from - Where it begins.
 * @param count - How many there are.
 */
export function decodeSocketAddresses(bytes: Buffer, from: number, count: number): IpAddress[] {
  const addresses: IpAddress[] = [];
  let at = from;
  for (let index = 0; index < count && at + ipv4Length <= bytes.length; index += 1) {
    const length = bytes.readUInt16LE(at) === addressFamilyIpv4 ? ipv4Length : ipv6Length;
    if (at + length > bytes.length) break;
    const decoded = decodeSocketAddress(bytes, at);
    if (decoded !== undefined) addresses.push(decoded.address);
    at += length;
  }
  return addresses;
}
