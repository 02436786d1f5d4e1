import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { ParameterType } from './parameter-type.ts';
import { passSctpTransport, readSctpTransport, type SctpTransport, writeSctpTransport } from './sctp-transport.ts';
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
  if (!reader.expect(ParameterType.serverInformation) || !reader.need(4)) return undefined;
  const identifier = reader.u32();
  const transport = passSctpTransport(reader) ?? readServerTransport(reader);
  if (transport === undefined) return undefined;
  return reader.close<ServerInformation>({ identifier, transport });
}

function readServerTransport(reader: Reader): SctpTransport | undefined {
  if (reader.peek() === ParameterType.sctpTransport) return readSctpTransport(reader);
  reader.failExpected(ParameterType.sctpTransport);
  return undefined;
}

/** Writes a Server Information parameter. */
export function writeServerInformation(
  writer: Writer,
  server: ServerInformation,
  field: string,
  index: number,
): void {
  writer.beginParameter(ParameterType.serverInformation, field, index, server.unknownParameters);
  writer.u32(server.identifier, 'identifier');
  writeSctpTransport(writer, server.transport, 'transport', -1);
  writer.end();
}
