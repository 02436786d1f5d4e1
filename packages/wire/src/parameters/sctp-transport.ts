import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import {
  type IpAddress,
  ipAddressAhead,
  isAddressType,
  putIpAddress,
  readIpAddress,
  writeIpAddress,
} from './ip-address.ts';
import { ParameterType } from './parameter-type.ts';
import type { ParameterContainer } from './unknown-parameter.ts';

/** The type of an SCTP Transport parameter as the upper half of its first word. */
export const sctpHeader = 0x0004_0000;

/** The values of the Transport Use field of an SCTP transport (RFC 5354 section 3.4). */
export const TransportUse: {
  /** DATA ONLY: the transport carries the application's data. */
  readonly dataOnly: 0;
  /** DATA plus CONTROL: it carries the control channel as well (cookies, business cards). */
  readonly dataPlusControl: 1;
} = { dataOnly: 0, dataPlusControl: 1 };

/**
 * An SCTP Transport parameter (RFC 5354 section 3.4): one port on one or more addresses.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Type = 0x4          |       Length = variable       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           SCTP Port           |         Transport Use         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                    IPv4 or IPv6 Address #1                    :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                              ...                              :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                    IPv4 or IPv6 Address #n                    :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface SctpTransport extends ParameterContainer {
  /** Tells the transports apart. */
  readonly protocol: 'sctp';
  /** SCTP port, 0 .. 65535. */
  readonly port: number;
  /** How the transport is used: one of {@link TransportUse}; other numbers are passed as they are. */
  readonly transportUse: number;
  /** The addresses, IPv4 and IPv6 mixed; at least one. */
  readonly addresses: readonly IpAddress[];
}

/**
 * Reads an SCTP Transport parameter that stands further ahead and holds nothing but one to three addresses, as
 * nearly all do. What is different, right or wrong, is for {@link readSctpTransport}.
 *
 * @param at - Where it begins.
 * @param end - Where its container ends.
 * @returns `undefined` where something else stands there.
 */
export function sctpTransportAhead(reader: Reader, at: number, end: number): SctpTransport | undefined {
  if (end - at < 16) return undefined;
  const { words } = reader;
  const header = words.getInt32(at);
  const transportEnd = at + (header & 0xffff);
  if (header >>> 16 !== ParameterType.sctpTransport || transportEnd > end) return undefined;
  const addresses = addressesAhead(reader, at + 8, transportEnd);
  if (addresses === undefined || addresses.length > reader.limits.addressesPerTransport) return undefined;
  const fields = words.getInt32(at + 4);
  return { protocol: 'sctp', port: fields >>> 16, transportUse: fields & 0xffff, addresses };
}

/**
 * Reads what {@link sctpTransportAhead} reads where another transport came before it. An element nearly always speaks
 * ASAP from the addresses at which it serves: those are not made a second time.
 *
 * @param at - Where it begins.
 * @param end - Where its container ends.
 * @param earlier - The transport that came before.
 * @param earlierAt - Where that one begins.
 * @returns `undefined` where something else stands there.
 */
export function nextSctpTransportAhead(
  reader: Reader,
  at: number,
  end: number,
  earlier: SctpTransport,
  earlierAt: number,
): SctpTransport | undefined {
  const { words } = reader;
  const length = words.getUint16(earlierAt + 2);
  if (length > end - at || words.getInt32(at) !== words.getInt32(earlierAt)) {
    return sctpTransportAhead(reader, at, end);
  }
  for (let offset = 8; offset < length; offset += 4) {
    if (words.getInt32(at + offset) !== words.getInt32(earlierAt + offset)) {
      return sctpTransportAhead(reader, at, end);
    }
  }
  const fields = words.getInt32(at + 4);
  const { addresses } = earlier;
  return { protocol: 'sctp', port: fields >>> 16, transportUse: fields & 0xffff, addresses };
}

/** An array that grows takes room for 17: the few addresses are found before it is made. */
function addressesAhead(reader: Reader, at: number, end: number): IpAddress[] | undefined {
  const first = ipAddressAhead(reader, at, end);
  if (first === undefined) return undefined;
  const behindFirst = at + 4 + first.length;
  if (behindFirst === end) return [first];
  const second = ipAddressAhead(reader, behindFirst, end);
  if (second === undefined) return undefined;
  const behindSecond = behindFirst + 4 + second.length;
  if (behindSecond === end) return [first, second];
  const third = ipAddressAhead(reader, behindSecond, end);
  if (third === undefined || behindSecond + 4 + third.length !== end) return undefined;
  return [first, second, third];
}

/**
 * Reads the SCTP Transport parameter that the reader has peeked at.
 *
 * @returns `undefined` where the reader has noted a failure.
 */
export function readSctpTransport(reader: Reader): SctpTransport | undefined {
  if (!reader.enter() || !reader.need(4)) return undefined;
  const port = reader.u16();
  const transportUse = reader.u16();
  const first = readIpAddress(reader);
  if (first === undefined) return undefined;
  const addresses = [first];
  while (isAddressType(reader.peek())) {
    if (addresses.length >= reader.limits.addressesPerTransport) {
      reader.failLimit('addressesPerTransport');
      return undefined;
    }
    const address = readIpAddress(reader);
    if (address === undefined) return undefined;
    addresses.push(address);
  }
  return reader.close<SctpTransport>({ protocol: 'sctp', port, transportUse, addresses });
}

/** Writes an SCTP Transport parameter. */
export function writeSctpTransport(
  writer: Writer,
  transport: SctpTransport,
  field: string,
  index: number,
): void {
  writer.beginParameter(ParameterType.sctpTransport, field, index, transport.unknownParameters);
  writer.u16(transport.port, 'port');
  writer.u16(transport.transportUse, 'transportUse');
  const { addresses } = transport;
  if (addresses.length === 0)
    throw writer.invalid('addresses', 'is empty; an SCTP transport has at least one');
  for (let at = 0; at < addresses.length; at++)
    writeIpAddress(writer, addresses[at] as IpAddress, 'addresses', at);
  writer.end();
}

/**
 * Writes an SCTP Transport parameter where it holds nothing but one to three addresses, and there is room for the
 * longest such one.
 *
 * @param start - Where it begins.
 * @returns Where it ends; -1 where the transport is different, right or wrong.
 */
export function putSctpTransport(view: DataView, start: number, transport: SctpTransport): number {
  const { port, transportUse, addresses } = transport;
  if (transport.unknownParameters !== undefined) return -1;
  if ((port & 0xffff) !== port || (transportUse & 0xffff) !== transportUse) return -1;
  const count = addresses.length;
  if (!(count >= 1 && count <= 3)) return -1;
  let end = start + 8;
  for (let at = 0; at < count; at++) {
    end = putIpAddress(view, end, addresses[at] as IpAddress);
    if (end < 0) return -1;
  }
  view.setInt32(start, sctpHeader | (end - start));
  view.setInt32(start + 4, (port << 16) | transportUse);
  return end;
}

/** The most that {@link putSctpTransport} writes. */
export const longestPutTransport: number = 8 + 3 * 20;
