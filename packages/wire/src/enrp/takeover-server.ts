import type { MessageCodec } from '../codec/message-codec.ts';
import type { EnrpHeader } from './header.ts';

/**
 * ENRP_TAKEOVER_SERVER: a registrar has taken over a failed peer (RFC 5353 section 2.9).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x09  |0|0|0|0|0|0|0|0|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Sending Server's ID                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Receiving Server's ID                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Targeting Server's ID                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface EnrpTakeoverServer extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_TAKEOVER_SERVER';
  /** Targeting Server's ID: the registrar that failed, 32 bits unsigned. */
  readonly targetIdentifier: number;
}

/** Codec of ENRP_TAKEOVER_SERVER. */
export const enrpTakeoverServerCodec: MessageCodec<EnrpTakeoverServer> = {
  number: 0x09,

  decode(reader) {
    if (!reader.need(12)) return undefined;
    const senderIdentifier = reader.u32();
    const receiverIdentifier = reader.u32();
    const targetIdentifier = reader.u32();
    return reader.close<EnrpTakeoverServer>({
      type: 'ENRP_TAKEOVER_SERVER',
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
