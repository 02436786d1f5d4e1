import type { MessageCodec } from '../codec/message-codec.ts';
import type { EnrpHeader } from './header.ts';

/**
 * ENRP_INIT_TAKEOVER: a registrar announces that it wants to take over a failed peer (RFC 5353 section 2.7).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x07  |0|0|0|0|0|0|0|0|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Sending Server's ID                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Receiving Server's ID                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Targeting Server's ID                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface EnrpInitTakeover extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_INIT_TAKEOVER';
  /** Targeting Server's ID: the registrar that failed, 32 bits unsigned. */
  readonly targetIdentifier: number;
}

/** Codec of ENRP_INIT_TAKEOVER. */
export const enrpInitTakeoverCodec: MessageCodec<EnrpInitTakeover> = {
  number: 0x07,

  decode(reader) {
    if (!reader.need(12)) return undefined;
    const senderIdentifier = reader.u32();
    const receiverIdentifier = reader.u32();
    const targetIdentifier = reader.u32();
    return reader.close<EnrpInitTakeover>({
      type: 'ENRP_INIT_TAKEOVER',
      senderIdentifier,
      receiverIdentifier,
      targetIdentifier,
    });
  },

  encode(writer, message) {
    writer.u32(message.senderIdentifier, 'senderIdentifier');
    writer.u32(message.receiverIdentifier, 'receiverIdentifier');
    writer.u32(message.targetIdentifier, 'targetIdentifier');
  },
};
