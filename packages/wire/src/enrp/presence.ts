import type { Mutable } from '../codec/mutable.ts';
import { ParameterType } from '../parameters/parameter-type.ts';
import {
  putPoolElementChecksum,
  readPoolElementChecksum,
  writePoolElementChecksum,
} from '../parameters/pool-element-checksum.ts';
import {
  putServerInformation,
  readServerInformation,
  type ServerInformation,
  writeServerInformation,
} from '../parameters/server-information.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import { messageHeader } from '../codec/words.ts';
import type { EnrpHeader } from './header.ts';

/**
 * ENRP_PRESENCE: a registrar announces itself, or probes a peer (RFC 5353 section 2.1).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x01  |0|0|0|0|0|0|0|P|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Sending Server's ID                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Receiving Server's ID                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                       PE Checksum Param                       :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :              Server Information Param (optional)              :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface EnrpPresence extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_PRESENCE';
  /**
   * Reply-required flag: the receiver has to answer with its own presence. The RFC names it (section 3) without
   * drawing it; it is bit 0, as in the reference implementation.
   */
  readonly replyRequired: boolean;
  /** PE Checksum of the sender's own elements, 16 bits (RFC 5353 section 3.6.2). */
  readonly checksum?: number;
  /** Where the sender is; mandatory in an answer to a reply-required presence. */
  readonly serverInformation?: ServerInformation;
}

const messageType = 0x01;

/** Codec of ENRP_PRESENCE. */
export const enrpPresenceCodec: MessageCodec<EnrpPresence> = {
  number: messageType,

  decode(reader, flags) {
    if (!reader.need(8)) return undefined;
    const senderIdentifier = reader.u32();
    const receiverIdentifier = reader.u32();
    const replyRequired = (flags & 1) !== 0;
    let checksum: number | undefined;
    if (reader.peek() === ParameterType.poolElementChecksum) {
      checksum = readPoolElementChecksum(reader);
      if (checksum === undefined) return undefined;
    }
    let serverInformation: ServerInformation | undefined;
    if (reader.peek() === ParameterType.serverInformation) {
      serverInformation = readServerInformation(reader);
      if (serverInformation === undefined) return undefined;
    }
    const type = 'ENRP_PRESENCE';
    // Nearly all have both, and an object that is made whole is made faster than one that is given properties.
    if (checksum !== undefined && serverInformation !== undefined) {
      return reader.close<EnrpPresence>({
        type,
        senderIdentifier,
        receiverIdentifier,
        replyRequired,
        checksum,
        serverInformation,
      });
    }
    const message: Mutable<EnrpPresence> = { type, senderIdentifier, receiverIdentifier, replyRequired };
    if (checksum !== undefined) message.checksum = checksum;
    if (serverInformation !== undefined) message.serverInformation = serverInformation;
    return reader.close<EnrpPresence>(message);
  },

  encode(writer, message) {
    writer.flags(message.replyRequired ? 1 : 0);
    writer.u32(message.senderIdentifier, 'senderIdentifier');
    writer.u32(message.receiverIdentifier, 'receiverIdentifier');
    if (message.checksum !== undefined) writePoolElementChecksum(writer, message.checksum);
    if (message.serverInformation !== undefined) {
      writeServerInformation(writer, message.serverInformation, 'serverInformation', -1);
    }
  },
};

/**
 * Writes an ENRP_PRESENCE the straight way.
 *
 * @param start - Where it begins; there is room for a checksum and a server.
 * @returns Where it ends with its padding; -1 where only the general way will do.
 */
export function putEnrpPresence(view: DataView, start: number, message: EnrpPresence): number {
  const { senderIdentifier, receiverIdentifier, checksum, serverInformation } = message;
  // Nearly all have both; where the checksum is the last parameter, its padding would not count.
  if (message.unknownParameters !== undefined || checksum === undefined || serverInformation === undefined)
    return -1;
  if (senderIdentifier >>> 0 !== senderIdentifier || receiverIdentifier >>> 0 !== receiverIdentifier)
    return -1;
  let end = putPoolElementChecksum(view, start + 12, checksum);
  if (end >= 0) end = putServerInformation(view, end, serverInformation);
  if (end < 0) return -1;
  view.setInt32(start, messageHeader(messageType, message.replyRequired ? 1 : 0, end - start));
  view.setInt32(start + 4, senderIdentifier);
  view.setInt32(start + 8, receiverIdentifier);
  return end;
}
