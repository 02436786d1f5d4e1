import { ParameterType } from '../parameters/parameter-type.ts';
import { readSctpTransport, type SctpTransport, writeSctpTransport } from '../parameters/sctp-transport.ts';
import { readTcpTransport, type TcpTransport, writeTcpTransport } from '../parameters/tcp-transport.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/**
 * ASAP_SERVER_ANNOUNCE: a registrar makes itself known (RFC 5352 section 2.2.10).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x0a  |0|0|0|0|0|0|0|0|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       Server Identifier                       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                       Transport Param #1                      :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                              ...                              :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                       Transport Param #n                      :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface AsapServerAnnounce extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_SERVER_ANNOUNCE';
  /** Server Identifier of the sender, 32 bits unsigned. */
  readonly serverIdentifier: number;
  /** Where the registrar speaks ASAP, by SCTP or TCP alone; may be empty (the reference implementation sends none). */
  readonly transports: readonly (SctpTransport | TcpTransport)[];
}

/** Codec of ASAP_SERVER_ANNOUNCE. */
export const asapServerAnnounceCodec: MessageCodec<AsapServerAnnounce> = {
  number: 0x0a,

  decode(reader) {
    if (!reader.need(4)) return undefined;
    const serverIdentifier = reader.u32();
    const transports: (SctpTransport | TcpTransport)[] = [];
    for (;;) {
      const type = reader.peek();
      if (type !== ParameterType.sctpTransport && type !== ParameterType.tcpTransport) break;
      if (transports.length >= reader.limits.transports) {
        reader.failLimit('transports');
        return undefined;
      }
      const transport =
        type === ParameterType.sctpTransport ? readSctpTransport(reader) : readTcpTransport(reader);
      if (transport === undefined) return undefined;
      transports.push(transport);
    }
    return reader.close<AsapServerAnnounce>({ type: 'ASAP_SERVER_ANNOUNCE', serverIdentifier, transports });
  },

  encode(writer, message) {
    writer.u32(message.serverIdentifier, 'serverIdentifier');
    for (const [at, transport] of message.transports.entries()) {
      if (transport.protocol === 'sctp') writeSctpTransport(writer, transport, 'transports', at);
      else if (transport.protocol === 'tcp') writeTcpTransport(writer, transport, 'transports', at);
      else
        throw writer.invalid(
          `transports[${at}].protocol`,
          "is not one of those allowed here, 'sctp' and 'tcp'",
        );
    }
  },
};
