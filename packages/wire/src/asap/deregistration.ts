import { putHandleAndIdentifier } from '../parameters/handle-and-identifier.ts';
import { poolHandleEnd, readPoolHandle, writePoolHandle } from '../parameters/pool-handle.ts';
import {
  lastPoolElementIdentifier,
  readPoolElementIdentifier,
  writePoolElementIdentifier,
} from '../parameters/pool-element-identifier.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import { viewOf } from '../codec/view-of.ts';
import { defaultDecodeLimits } from '../decode-limits.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/**
 * ASAP_DEREGISTRATION: a pool element leaves its pool (RFC 5352 section 2.2.2).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x02  |0|0|0|0|0|0|0|0|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                     Pool Handle Parameter                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                    PE Identifier Parameter                    :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface AsapDeregistration extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_DEREGISTRATION';
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** PE Identifier, 32 bits unsigned. */
  readonly poolElementIdentifier: number;
}

const messageType = 0x02;

/** Codec of ASAP_DEREGISTRATION. */
export const asapDeregistrationCodec: MessageCodec<AsapDeregistration> = {
  number: messageType,

  decode(reader) {
    const poolHandle = readPoolHandle(reader);
    if (poolHandle === undefined) return undefined;
    const poolElementIdentifier = readPoolElementIdentifier(reader);
    if (poolElementIdentifier === undefined) return undefined;
    return reader.close<AsapDeregistration>({
      type: 'ASAP_DEREGISTRATION',
      poolHandle,
      poolElementIdentifier,
    });
  },

  encode(writer, message) {
    writePoolHandle(writer, message.poolHandle);
    writePoolElementIdentifier(writer, message.poolElementIdentifier);
  },
};

/**
 * Writes an ASAP_DEREGISTRATION the straight way.
 *
 * @param start - Where it begins; there is room for a handle and an identifier.
 * @returns Where it ends with its padding; -1 where only the general way will do.
 */
export function putAsapDeregistration(view: DataView, start: number, message: AsapDeregistration): number {
  if (message.unknownParameters !== undefined) return -1;
  const { poolHandle, poolElementIdentifier } = message;
  return putHandleAndIdentifier(view, start, messageType, 0, poolHandle, poolElementIdentifier);
}

/**
 * Reads an ASAP_DEREGISTRATION the straight way.
 *
 * @param end - Where the message ends, by its length.
 * @returns `undefined` where only the general way will do, right or wrong.
 */
export function takeAsapDeregistration(bytes: Uint8Array, end: number): AsapDeregistration | undefined {
  const handleEnd = poolHandleEnd(bytes, 4, end, defaultDecodeLimits.poolHandleBytes);
  const poolElementIdentifier = lastPoolElementIdentifier(bytes, handleEnd, end);
  if (poolElementIdentifier < 0) return undefined;
  return {
    type: 'ASAP_DEREGISTRATION',
    poolHandle: viewOf(bytes, 8, handleEnd),
    poolElementIdentifier,
  };
}
