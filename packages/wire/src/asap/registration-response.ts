import type { Mutable } from '../codec/mutable.ts';
import {
  type OperationError,
  readOperationError,
  writeOperationError,
} from '../parameters/operation-error.ts';
import { ParameterType } from '../parameters/parameter-type.ts';
import {
  putPoolElementIdentifier,
  readPoolElementIdentifier,
  writePoolElementIdentifier,
} from '../parameters/pool-element-identifier.ts';
import { putPoolHandle, readPoolHandle, writePoolHandle } from '../parameters/pool-handle.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import { messageHeader } from '../codec/words.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/**
 * ASAP_REGISTRATION_RESPONSE: the home registrar grants or rejects a registration (RFC 5352 section 2.2.3).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x03  |0|0|0|0|0|0|0|R|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                     Pool Handle Parameter                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                    PE Identifier Parameter                    :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                  Operational Error (optional)                 :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface AsapRegistrationResponse extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_REGISTRATION_RESPONSE';
  /** R flag: the registration has been rejected. */
  readonly rejected: boolean;
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** PE Identifier, 32 bits unsigned. */
  readonly poolElementIdentifier: number;
  /** Why it was rejected or, where it was granted, a warning. */
  readonly error?: OperationError;
}

const messageType = 0x03;

/** Codec of ASAP_REGISTRATION_RESPONSE. */
export const asapRegistrationResponseCodec: MessageCodec<AsapRegistrationResponse> = {
  number: messageType,

  decode(reader, flags) {
    const poolHandle = readPoolHandle(reader);
    if (poolHandle === undefined) return undefined;
    const poolElementIdentifier = readPoolElementIdentifier(reader);
    if (poolElementIdentifier === undefined) return undefined;
    const message: Mutable<AsapRegistrationResponse> = {
      type: 'ASAP_REGISTRATION_RESPONSE',
      rejected: (flags & 1) !== 0,
      poolHandle,
      poolElementIdentifier,
    };
    if (reader.peek() === ParameterType.operationError) {
      const error = readOperationError(reader);
      if (error === undefined) return undefined;
      message.error = error;
    }
    return reader.close<AsapRegistrationResponse>(message);
  },

  encode(writer, message) {
    writer.flags(message.rejected ? 1 : 0);
    writePoolHandle(writer, message.poolHandle);
    writePoolElementIdentifier(writer, message.poolElementIdentifier);
    if (message.error !== undefined) writeOperationError(writer, message.error);
  },
};

/**
 * Writes an ASAP_REGISTRATION_RESPONSE the straight way.
 *
 * @param start - Where it begins; there is room for a handle and an identifier.
 * @returns Where it ends with its padding; -1 where only the general way will do.
 */
export function putAsapRegistrationResponse(
  view: DataView,
  start: number,
  message: AsapRegistrationResponse,
): number {
  if (message.unknownParameters !== undefined || message.error !== undefined) return -1;
  let end = putPoolHandle(view, start + 4, message.poolHandle);
  if (end >= 0) end = putPoolElementIdentifier(view, end, message.poolElementIdentifier);
  if (end < 0) return -1;
  view.setInt32(start, messageHeader(messageType, message.rejected ? 1 : 0, end - start));
  return end;
}
