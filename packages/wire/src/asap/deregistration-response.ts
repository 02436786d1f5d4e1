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
 * ASAP_DEREGISTRATION_RESPONSE: the home registrar confirms that an element left its pool, or tells
 * that its registration ran out (RFC 5352 section 2.2.4).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x04  |0|0|0|0|0|0|0|0|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                     Pool Handle Parameter                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                    PE Identifier Parameter                    :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                  Operational Error (optional)                 :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface AsapDeregistrationResponse extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_DEREGISTRATION_RESPONSE';
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** PE Identifier, 32 bits unsigned. */
  readonly poolElementIdentifier: number;
  /** What went wrong; absent on success. */
  readonly error?: OperationError;
}

const messageType = 0x04;

/** Codec of ASAP_DEREGISTRATION_RESPONSE. */
export const asapDeregistrationResponseCodec: MessageCodec<AsapDeregistrationResponse> = {
  number: messageType,

  decode(reader) {
    const poolHandle = readPoolHandle(reader);
    if (poolHandle === undefined) return undefined;
    const poolElementIdentifier = readPoolElementIdentifier(reader);
    if (poolElementIdentifier === undefined) return undefined;
    const message: Mutable<AsapDeregistrationResponse> = {
      type: 'ASAP_DEREGISTRATION_RESPONSE',
      poolHandle,
      poolElementIdentifier,
    };
    if (reader.peek() === ParameterType.operationError) {
      const error = readOperationError(reader);
      if (error === undefined) return undefined;
      message.error = error;
    }
    return reader.close<AsapDeregistrationResponse>(message);
  },

  encode(writer, message) {
    writePoolHandle(writer, message.poolHandle);
    writePoolElementIdentifier(writer, message.poolElementIdentifier);
    if (message.error !== undefined) writeOperationError(writer, message.error);
  },
};

/**
 * Writes an ASAP_DEREGISTRATION_RESPONSE the straight way.
 *
 * @param start - Where it begins; there is room for a handle and an identifier.
 * @returns Where it ends with its padding; -1 where only the general way will do.
 */
export function putAsapDeregistrationResponse(
  view: DataView,
  start: number,
  message: AsapDeregistrationResponse,
): number {
  if (message.unknownParameters !== undefined || message.error !== undefined) return -1;
  const { poolHandle, poolElementIdentifier } = message;
  return putHandleAndIdentifier(view, start, messageType, 0, poolHandle, poolElementIdentifier);
}

/**
 * Reads an ASAP_DEREGISTRATION_RESPONSE the straight way.
 *
 * @param end - Where the message ends, by its length.
 * @returns `undefined` where only the general way will do, right or wrong.
 */
export function takeAsapDeregistrationResponse(
  bytes: Uint8Array,
  end: number,
): AsapDeregistrationResponse | undefined {
  const handleEnd = poolHandleEnd(bytes, 4, end, defaultDecodeLimits.poolHandleBytes);
  const poolElementIdentifier = lastPoolElementIdentifier(bytes, handleEnd, end);
  if (poolElementIdentifier < 0) return undefined;
  return {
    type: 'ASAP_DEREGISTRATION_RESPONSE',
    poolHandle: viewOf(bytes, 8, handleEnd),
    poolElementIdentifier,
  };
}
