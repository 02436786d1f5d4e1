import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import type { IpAddress } from './ip-address.ts';
import { ParameterType } from './parameter-type.ts';
import { closeWithAddress, noAddress, writeSingleAddressTransport } from './single-address.ts';
import type { ParameterContainer } from './unknown-parameter.ts';

/**
 * A TCP Transport parameter (RFC 5354 section 3.5): one port on one address, for data only.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Type = 0x5          |       Length = variable       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |            TCP Port           |           (reserved)          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                      IPv4 or IPv6 Address                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface TcpTransport extends ParameterContainer {
  /** Tells the transports apart. */
  readonly protocol: 'tcp';
  /** TCP port, 0 .. 65535. */
  readonly port: number;
  /** The address. */
  readonly address: IpAddress;
}

/**
 * Reads the TCP Transport parameter that the reader has peeked at; the reserved bits are ignored.
 *
 * @returns `undefined` where the reader has noted a failure.
 */
export function readTcpTransport(reader: Reader): TcpTransport | undefined {
  if (!reader.enter() || !reader.need(4)) return undefined;
  const port = reader.u16();
  reader.u16();
  return closeWithAddress<TcpTransport>(reader, { protocol: 'tcp', port, address: noAddress });
}

/** Writes a TCP Transport parameter. */
export function writeTcpTransport(
  writer: Writer,
  transport: TcpTransport,
  field: string,
  index: number,
): void {
  writeSingleAddressTransport(writer, ParameterType.tcpTransport, transport, field, index);
}
