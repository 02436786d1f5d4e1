import type { Mutable } from '../codec/mutable.ts';
import {
  type OperationError,
  readOperationError,
  writeOperationError,
} from '../parameters/operation-error.ts';
import { ParameterType } from '../parameters/parameter-type.ts';
import {
  lastPoolElementIdentifier,
  readPoolElementIdentifier,
  writePoolElementIdentifier,
} from '../parameters/pool-element-identifier.ts';
import { putHandleAndIdentifier } from '../parameters/handle-and-identifier.ts';
import { poolHandleEnd, readPoolHandle, writePoolHandle } from '../parameters/pool-handle.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import { viewOf } from '../codec/view-of.ts';
import { defaultDecodeLimits } from '../decode-limits.ts';
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
  const { poolHandle, poolElementIdentifier } = message;
  return putHandleAndIdentifier(
    view,
    start,
    messageType,
    message.rejected ? 1 : 0,
    poolHandle,
    poolElementIdentifier,
  );
}

/**
 * Reads an ASAP_REGISTRATION_RESPONSE the straight way.
 *
 * @param end - Where the message ends, by its length.
 * @returns `undefined` where only the general way will do, right or wrong.
 */
export function takeAsapRegistrationResponse(
  bytes: Uint8Array,
  end: number,
): AsapRegistrationResponse | undefined {
  const handleEnd = poolHandleEnd(bytes, 4, end, defaultDecodeLimits.poolHandleBytes);
  const poolElementIdentifier = lastPoolElementIdentifier(bytes, handleEnd, end);
  if (poolElementIdentifier < 0) return undefined;
  return {
    type: 'ASAP_REGISTRATION_RESPONSE',
    rejected: ((bytes[1] as number) & 1) !== 0,
    poolHandle: viewOf(bytes, 8, handleEnd),
    poolElementIdentifier,
  };
}
