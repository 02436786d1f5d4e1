import type { Reader } from '../codec/reader.ts';
import { wordOf } from '../codec/words.ts';
import type { Writer } from '../codec/writer.ts';
import { readIpv4Address } from './ipv4-address.ts';
import { readIpv6Address } from './ipv6-address.ts';
import { ParameterType } from './parameter-type.ts';

/**
 * An IP address as on the wire, most significant byte first: 4 bytes are IPv4, 16 bytes are IPv6. Decoded
 * addresses are views of the input.
 */
export type IpAddress = Uint8Array;

/** The header of an IPv4 Address parameter, type and length (RFC 5354 section 3.1). */
export const ipv4Header = 0x0001_0008;

/** The header of an IPv6 Address parameter (RFC 5354 section 3.2). */
export const ipv6Header = 0x0002_0014;

/** Tells whether a parameter type is one of the two address parameters. */
export function isAddressType(type: number): boolean {
  return type === ParameterType.ipv4Address || type === ParameterType.ipv6Address;
}

/**
 * Reads the address parameter that stands next in a transport.
 *
 * @returns `undefined` where the reader has noted a failure.
 */
export function readIpAddress(reader: Reader): IpAddress | undefined {
  const type = reader.peek();
  if (type === ParameterType.ipv4Address) return readIpv4Address(reader);
  if (type === ParameterType.ipv6Address) return readIpv6Address(reader);
  reader.failExpected(ParameterType.ipv4Address);
  return undefined;
}

/**
 * Reads an address parameter that stands further ahead in a transport and has the length that it should have.
 *
 * @param at - Where it begins.
 * @param end - Where the transport ends, which is in the container.
 * @returns `undefined` where something else stands there, right or wrong.
 */
export function ipAddressAhead(reader: Reader, at: number, end: number): IpAddress | undefined {
  if (end - at < 8) return undefined;
  const header = reader.words.getInt32(at);
  if (header === ipv4Header) return reader.viewOf(at + 4, at + 8);
  if (header === ipv6Header && end - at >= 20) return reader.viewOf(at + 4, at + 20);
  return undefined;
}

/** Writes an address as the parameter that its length asks for. */
export function writeIpAddress(writer: Writer, address: IpAddress, field: string, index: number): void {
  writer.prepareAhead(20);
  const end = putIpAddress(writer.view, writer.position, address);
  if (end < 0) {
    const which = index < 0 ? field : `${field}[${index}]`;
    const problem = address instanceof Uint8Array ? `has ${address.length} bytes` : 'is no Uint8Array';
    throw writer.invalid(which, `${problem}; an address has 4 (IPv4) or 16 (IPv6)`);
  }
  writer.passAhead(end);
}

/**
 * Writes an address parameter where there is room for it.
 *
 * @param at - Where it begins.
 * @returns Where it ends; -1 where this is no address.
 */
export function putIpAddress(view: DataView, at: number, address: IpAddress): number {
  if (!(address instanceof Uint8Array)) return -1;
  if (address.length === 4) {
    view.setInt32(at, ipv4Header);
    view.setInt32(at + 4, wordOf(address, 0));
    return at + 8;
  }
  if (address.length !== 16) return -1;
  view.setInt32(at, ipv6Header);
  // By words: calling the engine to copy 16 bytes takes longer.
  view.setInt32(at + 4, wordOf(address, 0));
  view.setInt32(at + 8, wordOf(address, 4));
  view.setInt32(at + 12, wordOf(address, 8));
  view.setInt32(at + 16, wordOf(address, 12));
  return at + 20;
}
