import {
  type OperationError,
  readOperationError,
  writeOperationError,
} from '../parameters/operation-error.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/**
 * ASAP_ERROR: an endpoint reports an error about a message that it received (RFC 5352 section 2.2.14).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x0e  |0|0|0|0|0|0|0|0|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                  Operational Error Parameter                  :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface AsapError extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_ERROR';
  /** What went wrong. */
  readonly error: OperationError;
}

/** Codec of ASAP_ERROR. */
export const asapErrorCodec: MessageCodec<AsapError> = {
  number: 0x0e,

  decode(reader) {
    const error = readOperationError(reader);
    if (error === undefined) return undefined;
    return reader.close<AsapError>({ type: 'ASAP_ERROR', error });
  },

  encode(writer, message) {
    writeOperationError(writer, message.error);
  },
};
