import {
  type OperationError,
  readOperationError,
  writeOperationError,
} from '../parameters/operation-error.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import type { EnrpHeader } from './header.ts';

/**
 * ENRP_ERROR: a registrar reports an error to a peer (RFC 5353 section 2.10).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x0a  |0|0|0|0|0|0|0|0|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Sending Server's ID                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Receiving Server's ID                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                  Operational Error Parameter                  :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface EnrpError extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_ERROR';
  /** What went wrong. */
  readonly error: OperationError;
}

/** Codec of ENRP_ERROR. */
export const enrpErrorCodec: MessageCodec<EnrpError> = {
  number: 0x0a,

  decode(reader) {
    if (!reader.need(8)) return undefined;
    const senderIdentifier = reader.u32();
    const receiverIdentifier = reader.u32();
    const error = readOperationError(reader);
    if (error === undefined) return undefined;
    return reader.close<EnrpError>({ type: 'ENRP_ERROR', senderIdentifier, receiverIdentifier, error });
  },

  encode(writer, message) {
    writer.u32(message.senderIdentifier, 'senderIdentifier');
    writer.u32(message.receiverIdentifier, 'receiverIdentifier');
    writeOperationError(writer, message.error);
  },
};
