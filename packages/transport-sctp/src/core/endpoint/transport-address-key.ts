import { bytesToHex, type IpAddress } from '@rserpool/wire';

/** What a transport address (an IP address and an SCTP port) is found by in a `Map`. */
export type TransportAddressKey = number | string;

/**
 * The key of a transport address. The ones of IPv4 are numbers (48 bits), because they cost nothing to make.
 *
 * @param address - IPv4 or IPv6.
 * @param port - The SCTP port; 0 for the address as a whole.
 */
export function transportAddressKey(address: IpAddress, port: number): TransportAddressKey {
  if (address.length !== 4) return `${bytesToHex(address)}:${port}`;
  const high = (address[0] as number) * 0x1000000;
  const low = ((address[1] as number) << 16) | ((address[2] as number) << 8) | (address[3] as number);
  return (high + low) * 0x10000 + port;
}
