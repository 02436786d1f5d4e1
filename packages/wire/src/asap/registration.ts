import { putPoolElement } from '../parameters/canonical-pool-element.ts';
import { putPoolHandle, readPoolHandle, writePoolHandle } from '../parameters/pool-handle.ts';
import { type PoolElement, readPoolElement, writePoolElement } from '../parameters/pool-element.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import { messageHeader } from '../codec/words.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/**
 * ASAP_REGISTRATION: a pool element registers with its home registrar (RFC 5352 section 2.2.1).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x01  |0|0|0|0|0|0|0|0|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                     Pool Handle Parameter                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                     Pool Element Parameter                    :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface AsapRegistration extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_REGISTRATION';
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** The pool element. */
  readonly poolElement: PoolElement;
}

const messageType = 0x01;

/** Codec of ASAP_REGISTRATION. */
export const asapRegistrationCodec: MessageCodec<AsapRegistration> = {
  number: messageType,

  decode(reader) {
    const poolHandle = readPoolHandle(reader);
    if (poolHandle === undefined) return undefined;
    const poolElement = readPoolElement(reader);
    if (poolElement === undefined) return undefined;
    return reader.close<AsapRegistration>({ type: 'ASAP_REGISTRATION', poolHandle, poolElement });
  },

  encode(writer, message) {
    writePoolHandle(writer, message.poolHandle);
    writePoolElement(writer, message.poolElement, 'poolElement', -1);
  },
};

/**
 * Writes an ASAP_REGISTRATION the straight way.
 *
 * @param start - Where it begins; there is room for a handle and an element.
 * @returns Where it ends with its padding; -1 where only the general way will do.
 */
export function putAsapRegistration(view: DataView, start: number, message: AsapRegistration): number {
  if (message.unknownParameters !== undefined) return -1;
  let end = putPoolHandle(view, start + 4, message.poolHandle);
  if (end >= 0) end = putPoolElement(view, end, message.poolElement);
  if (end < 0) return -1;
  view.setInt32(start, messageHeader(messageType, 0, end - start));
  return end;
}
