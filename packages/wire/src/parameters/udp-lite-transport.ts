import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import type { IpAddress } from './ip-address.ts';
import { ParameterType } from './parameter-type.ts';
import { closeWithAddress, noAddress, writeSingleAddressTransport } from './single-address.ts';
import type { ParameterContainer } from './unknown-parameter.ts';

/**
 * A UDP-Lite Transport parameter (RFC 5354 section 3.7): one port on one address, for data only.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Type = 0x7          |       Length = variable       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         UDP-Lite Port         |           (reserved)          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                      IPv4 or IPv6 Address                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface UdpLiteTransport extends ParameterContainer {
  /** Tells the transports apart. */
  readonly protocol: 'udp-lite';
  /** UDP-Lite port, 0 .. 65535. */
  readonly port: number;
  /** The address. */
  readonly address: IpAddress;
}

/**
 * Reads the UDP-Lite Transport parameter that the reader has peeked at; the reserved bits are ignored.
 *
 * @returns `undefined` where the reader has noted a failure.
 */
export function readUdpLiteTransport(reader: Reader): UdpLiteTransport | undefined {
  if (!reader.enter() || !reader.need(4)) return undefined;
  const port = reader.u16();
  reader.u16();
  return closeWithAddress<UdpLiteTransport>(reader, { protocol: 'udp-lite', port, address: noAddress });
}

/** Writes a UDP-Lite Transport parameter. */
export function writeUdpLiteTransport(
  writer: Writer,
  transport: UdpLiteTransport,
  field: string,
  index: number,
): void {
  writeSingleAddressTransport(writer, ParameterType.udpLiteTransport, transport, field, index);
}
