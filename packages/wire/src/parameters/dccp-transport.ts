import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { type IpAddress, writeIpAddress } from './ip-address.ts';
import { ParameterType } from './parameter-type.ts';
import { closeWithAddress, noAddress } from './single-address.ts';
import type { ParameterContainer } from './unknown-parameter.ts';

/**
 * A DCCP Transport parameter (RFC 5354 section 3.3): one port and service on one address, for data only.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Type = 0x3          |       Length = variable       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           DCCP Port           |           (reserved)          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       DCCP Service Code                       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                      IPv4 or IPv6 Address                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface DccpTransport extends ParameterContainer {
  /** Tells the transports apart. */
  readonly protocol: 'dccp';
  /** DCCP port, 0 .. 65535. */
  readonly port: number;
  /** DCCP service code, 32 bits unsigned. */
  readonly serviceCode: number;
  /** The address. */
  readonly address: IpAddress;
}

/**
 * Reads the DCCP Transport parameter that the reader has peeked at; the reserved bits are ignored.
 *
 * @returns `undefined` where the reader has noted a failure.
 */
export function readDccpTransport(reader: Reader): DccpTransport | undefined {
  if (!reader.enter() || !reader.need(8)) return undefined;
  const port = reader.u16();
  reader.u16();
  const serviceCode = reader.u32();
  return closeWithAddress<DccpTransport>(reader, { protocol: 'dccp', port, serviceCode, address: noAddress });
}

/** Writes a DCCP Transport parameter. */
export function writeDccpTransport(
  writer: Writer,
  transport: DccpTransport,
  field: string,
  index: number,
): void {
  writer.beginParameter(ParameterType.dccpTransport, field, index, transport.unknownParameters);
  writer.u16(transport.port, 'port');
  writer.u16(0, 'reserved');
  writer.u32(transport.serviceCode, 'serviceCode');
  writeIpAddress(writer, transport.address, 'address', -1);
  writer.end();
}
