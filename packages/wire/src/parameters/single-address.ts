import type { Mutable } from '../codec/mutable.ts';
import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { type IpAddress, isAddressType, readIpAddress, writeIpAddress } from './ip-address.ts';
import type { ParameterContainer } from './unknown-parameter.ts';

/** What the transports with one address have in common (RFC 5354 sections 3.3 and 3.5 to 3.7). */
export interface SingleAddressTransport extends ParameterContainer {
  /** Port, 0 .. 65535. */
  readonly port: number;
  /** The address. */
  readonly address: IpAddress;
}

/**
 * Reads the one address of a transport and ends the transport. The reference implementation's check lets
 * further addresses through: the first one counts, the others are dropped.
 *
 * @param transport - What has been read of the transport; its address is set here.
 * @returns `undefined` where the reader has noted a failure.
 */
export function closeWithAddress<Transport extends SingleAddressTransport>(
  reader: Reader,
  transport: Mutable<Transport>,
): Transport | undefined {
  const address = readIpAddress(reader);
  if (address === undefined) return undefined;
  transport.address = address;
  while (isAddressType(reader.peek())) reader.drop();
  return reader.close<Transport>(transport);
}

/** Stands in for an address that has not been read yet, so that all transports are built in one shape. */
export const noAddress: IpAddress = /* @__PURE__ */ new Uint8Array(0);

/** Writes a transport whose fields are a port, 16 reserved bits and one address. */
export function writeSingleAddressTransport(
  writer: Writer,
  type: number,
  transport: SingleAddressTransport,
  field: string,
  index: number,
): void {
  writer.beginParameter(type, field, index, transport.unknownParameters);
  writer.u16(transport.port, 'port');
  writer.u16(0, 'reserved');
  writeIpAddress(writer, transport.address, 'address', -1);
  writer.end();
}
