import type { MessageCodec } from '../codec/message-codec.ts';
import type { EnrpHeader } from './header.ts';

/**
 * ENRP_LIST_REQUEST: a registrar asks a peer for the list of registrars (RFC 5353 section 2.5).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x05  |0|0|0|0|0|0|0|0|      Message Length = 0xC     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Sending Server's ID                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Receiving Server's ID                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface EnrpListRequest extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_LIST_REQUEST';
}

/** Codec of ENRP_LIST_REQUEST. */
export const enrpListRequestCodec: MessageCodec<EnrpListRequest> = {
  number: 0x05,

  decode(reader) {
    if (!reader.need(8)) return undefined;
    const senderIdentifier = reader.u32();
    const receiverIdentifier = reader.u32();
    return reader.close<EnrpListRequest>({ type: 'ENRP_LIST_REQUEST', senderIdentifier, receiverIdentifier });
  },

  encode(writer, message) {
    writer.u32(message.senderIdentifier, 'senderIdentifier');
    writer.u32(message.receiverIdentifier, 'receiverIdentifier');
  },
};
