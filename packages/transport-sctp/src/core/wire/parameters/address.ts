import type { IpAddress } from '@rserpool/wire';
import type { PacketWriter } from '../packet-writer.ts';
import { ParameterType } from '../parameter-type.ts';

/** Writes an address as the IPv4 or IPv6 Address parameter that its length asks for (RFC 9260 section 3.3.2.1). */
export function putAddressParameter(writer: PacketWriter, address: IpAddress): void {
  const parameter = writer.beginParameter(
    address.length === 4 ? ParameterType.ipv4Address : ParameterType.ipv6Address,
  );
  writer.putBytes(address);
  writer.endParameter(parameter);
}

/**
 * The address in an IPv4 or IPv6 Address parameter.
 *
 * @param type - The parameter's type.
 * @param value - Its value.
 * @returns A copy; `undefined` where the type is another one or the length does not fit.
 */
export function addressOfParameter(type: number, value: Uint8Array): IpAddress | undefined {
  const length = type === ParameterType.ipv4Address ? 4 : type === ParameterType.ipv6Address ? 16 : -1;
  return value.length === length ? value.slice() : undefined;
}

/**
 * Whether an address may be one of an endpoint: not unspecified, multicast, or broadcast, and no IPv4 address in the
 * clothes of an IPv6 one (RFC 9260 sections 3.3.2.1.2 and 8.4).
 */
export function isUnicastAddress(address: IpAddress): boolean {
  if (address.length === 4) {
    const [first] = address as Uint8Array & [number];
    return first !== 0 && first < 224;
  }
  if (address[0] === 0xff) return false;
  // ::, ::1 and the IPv4-mapped ::ffff:0:0/96 begin with 10 zero bytes.
  for (let index = 0; index < 10; index++) if (address[index] !== 0) return true;
  if (address[10] === 0xff && address[11] === 0xff) return false;
  for (let index = 10; index < 15; index++) if (address[index] !== 0) return true;
  return address[15] !== 0;
}
