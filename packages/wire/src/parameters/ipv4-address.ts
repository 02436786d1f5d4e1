import type { Reader } from '../codec/reader.ts';
import type { IpAddress } from './ip-address.ts';

/**
 * Reads an IPv4 Address parameter that the reader has peeked at (RFC 5354 section 3.1). Bytes beyond the address are
 * dropped.
 *
 * @returns `undefined` where the reader has noted a failure.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Type = 0x1          |          Length = 0x8         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                          IPv4 Address                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export function readIpv4Address(reader: Reader): IpAddress | undefined {
  if (!reader.enter() || !reader.need(4)) return undefined;
  const address = reader.view(4);
  reader.leave();
  return address;
}
