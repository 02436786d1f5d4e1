import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { type DccpTransport, readDccpTransport, writeDccpTransport } from './dccp-transport.ts';
import { type OpaqueTransport, readOpaqueTransport, writeOpaqueTransport } from './opaque-transport.ts';
import { type SctpTransport, readSctpTransport, writeSctpTransport } from './sctp-transport.ts';
import { type TcpTransport, readTcpTransport, writeTcpTransport } from './tcp-transport.ts';
import { type UdpLiteTransport, readUdpLiteTransport, writeUdpLiteTransport } from './udp-lite-transport.ts';
import { type UdpTransport, readUdpTransport, writeUdpTransport } from './udp-transport.ts';
import { ParameterType } from './parameter-type.ts';

/** Where a pool element serves its users (RFC 5354 section 3.10, User Transport). */
export type UserTransport =
  | SctpTransport
  | TcpTransport
  | UdpTransport
  | UdpLiteTransport
  | DccpTransport
  | OpaqueTransport;

/**
 * Reads the transport parameter that stands next, of whatever kind.
 *
 * @returns `undefined` where the reader has noted a failure.
 */
export function readUserTransport(reader: Reader): UserTransport | undefined {
  switch (reader.peek()) {
    case ParameterType.sctpTransport:
      return readSctpTransport(reader);
    case ParameterType.tcpTransport:
      return readTcpTransport(reader);
    case ParameterType.udpTransport:
      return readUdpTransport(reader);
    case ParameterType.udpLiteTransport:
      return readUdpLiteTransport(reader);
    case ParameterType.dccpTransport:
      return readDccpTransport(reader);
    case ParameterType.opaqueTransport:
      return readOpaqueTransport(reader);
    default:
      reader.failExpected(ParameterType.sctpTransport);
      return undefined;
  }
}

/** Writes a transport parameter of whatever kind. */
export function writeUserTransport(
  writer: Writer,
  transport: UserTransport,
  field: string,
  index: number,
): void {
  switch (transport.protocol) {
    case 'sctp':
      return writeSctpTransport(writer, transport, field, index);
    case 'tcp':
      return writeTcpTransport(writer, transport, field, index);
    case 'udp':
      return writeUdpTransport(writer, transport, field, index);
    case 'udp-lite':
      return writeUdpLiteTransport(writer, transport, field, index);
    case 'dccp':
      return writeDccpTransport(writer, transport, field, index);
    case 'opaque':
      return writeOpaqueTransport(writer, transport, field, index);
    default: {
      const { protocol } = transport as { protocol: unknown };
      throw writer.invalid(
        `${field}.protocol`,
        `is '${String(protocol)}'; no transport parameter carries that`,
      );
    }
  }
}
