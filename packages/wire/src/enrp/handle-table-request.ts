import type { MessageCodec } from '../codec/message-codec.ts';
import type { EnrpHeader } from './header.ts';

/**
 * ENRP_HANDLE_TABLE_REQUEST: a registrar asks a peer for the handlespace (RFC 5353 section 2.2).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x02  |0|0|0|0|0|0|0|W|      Message Length = 0xC     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Sending Server's ID                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Receiving Server's ID                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface EnrpHandleTableRequest extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_HANDLE_TABLE_REQUEST';
  /** W flag: only the elements that the receiver owns are wanted. */
  readonly ownChildrenOnly: boolean;
}

/** Codec of ENRP_HANDLE_TABLE_REQUEST. */
export const enrpHandleTableRequestCodec: MessageCodec<EnrpHandleTableRequest> = {
  number: 0x02,

  decode(reader, flags) {
    if (!reader.need(8)) return undefined;
    const senderIdentifier = reader.u32();
    const receiverIdentifier = reader.u32();
    return reader.close<EnrpHandleTableRequest>({
      type: 'ENRP_HANDLE_TABLE_REQUEST',
      senderIdentifier,
      receiverIdentifier,
      ownChildrenOnly: (flags & 1) !== 0,
    });
  },

  encode(writer, message) {
    writer.flags(message.ownChildrenOnly ? 1 : 0);
    writer.u32(message.senderIdentifier, 'senderIdentifier');
    writer.u32(message.receiverIdentifier, 'receiverIdentifier');
  },
};
