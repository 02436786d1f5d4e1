import { ParameterType } from '../parameters/parameter-type.ts';
import {
  readServerInformation,
  type ServerInformation,
  writeServerInformation,
} from '../parameters/server-information.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import type { EnrpHeader } from './header.ts';

/**
 * ENRP_LIST_RESPONSE: the registrars that the sender knows (RFC 5353 section 2.6).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x06  |0|0|0|0|0|0|0|R|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Sending Server's ID                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Receiving Server's ID                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :            Server Information Parameter of Peer #1            :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                              ...                              :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :            Server Information Parameter of Peer #n            :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface EnrpListResponse extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_LIST_RESPONSE';
  /** R flag: the request was rejected; there are no servers then. */
  readonly rejected: boolean;
  /** The sender's peers. */
  readonly servers: readonly ServerInformation[];
}

/** Codec of ENRP_LIST_RESPONSE. */
export const enrpListResponseCodec: MessageCodec<EnrpListResponse> = {
  number: 0x06,

  decode(reader, flags) {
    if (!reader.need(8)) return undefined;
    const senderIdentifier = reader.u32();
    const receiverIdentifier = reader.u32();
    const rejected = (flags & 1) !== 0;
    const servers: ServerInformation[] = [];
    // A rejection must not hold servers: whatever stands there is unexpected, and closing says so.
    while (!rejected && reader.peek() === ParameterType.serverInformation) {
      if (servers.length >= reader.limits.servers) {
        reader.failLimit('servers');
        return undefined;
      }
      const server = readServerInformation(reader);
      if (server === undefined) return undefined;
      servers.push(server);
    }
    return reader.close<EnrpListResponse>({
      type: 'ENRP_LIST_RESPONSE',
      senderIdentifier,
      receiverIdentifier,
      rejected,
      servers,
    });
  },

  encode(writer, message) {
    writer.flags(message.rejected ? 1 : 0);
    writer.u32(message.senderIdentifier, 'senderIdentifier');
    writer.u32(message.receiverIdentifier, 'receiverIdentifier');
    const { servers } = message;
    if (message.rejected && servers.length > 0) {
      throw writer.invalid('servers', 'holds servers, which a rejection must not');
    }
    for (let at = 0; at < servers.length; at++) {
      writeServerInformation(writer, servers[at] as ServerInformation, 'servers', at);
    }
  },
};
