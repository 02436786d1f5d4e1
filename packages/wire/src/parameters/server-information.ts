import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { ParameterType } from './parameter-type.ts';
import {
  longestPutTransport,
  putSctpTransport,
  readSctpTransport,
  type SctpTransport,
  sctpTransportAhead,
  writeSctpTransport,
} from './sctp-transport.ts';
import type { ParameterContainer } from './unknown-parameter.ts';

/**
 * A Server Information parameter (RFC 5354 section 3.11): one registrar.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Type = 0xb          |       Length = variable       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           Server ID                           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                        Server Transport                       :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface ServerInformation extends ParameterContainer {
  /** Server ID, 32 bits unsigned, not 0. */
  readonly identifier: number;
  /** Where the registrar speaks ENRP. */
  readonly transport: SctpTransport;
}

/**
 * Reads the Server Information parameter that has to stand next.
 *
 * @returns `undefined` where the reader has noted a failure.
 */
export function readServerInformation(reader: Reader): ServerInformation | undefined {
  const server = passServerInformation(reader);
  if (server !== undefined) return server;
  if (!reader.expect(ParameterType.serverInformation) || !reader.need(4)) return undefined;
  const identifier = reader.u32();
  if (reader.peek() !== ParameterType.sctpTransport) {
    reader.failExpected(ParameterType.sctpTransport);
    return undefined;
  }
  const transport = readSctpTransport(reader);
  if (transport === undefined) return undefined;
  return reader.close<ServerInformation>({ identifier, transport });
}

/** Reads the parameter without entering anything where it is as nearly all are; the rest is for the general way. */
function passServerInformation(reader: Reader): ServerInformation | undefined {
  const start = reader.position;
  const left = reader.left();
  if (left < 8) return undefined;
  const { words } = reader;
  const header = words.getInt32(start);
  const length = header & 0xffff;
  if (header >>> 16 !== ParameterType.serverInformation || length > left) return undefined;
  const transport = sctpTransportAhead(reader, start + 8, start + length);
  if (transport === undefined || 8 + words.getUint16(start + 10) !== length) return undefined;
  const identifier = words.getUint32(start + 4);
  if (!reader.passAhead(length, 2 + transport.addresses.length, 3)) return undefined;
  return { identifier, transport };
}

/** Writes a Server Information parameter. */
export function writeServerInformation(
  writer: Writer,
  server: ServerInformation,
  field: string,
  index: number,
): void {
  writer.prepareAhead(8 + longestPutTransport);
  const end = putServerInformation(writer.view, writer.position, server);
  if (end >= 0) {
    writer.passAhead(end);
    return;
  }
  writer.beginParameter(ParameterType.serverInformation, field, index, server.unknownParameters);
  writer.u32(server.identifier, 'identifier');
  writeSctpTransport(writer, server.transport, 'transport', -1);
  writer.end();
}

/**
 * Writes a Server Information parameter where it is as nearly all are, and there is room for the longest such one.
 *
 * @param start - Where it begins.
 * @returns Where it ends; -1 where the parameter is different, right or wrong.
 */
export function putServerInformation(view: DataView, start: number, server: ServerInformation): number {
  const { identifier, transport } = server;
  if (identifier >>> 0 !== identifier || server.unknownParameters !== undefined) return -1;
  if (transport.protocol !== 'sctp') return -1;
  const end = putSctpTransport(view, start + 8, transport);
  if (end < 0) return -1;
  view.setInt32(start, (ParameterType.serverInformation << 16) | (end - start));
  view.setInt32(start + 4, identifier);
  return end;
}
