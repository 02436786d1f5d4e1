import type { Mutable } from '../codec/mutable.ts';
import {
  type OperationError,
  readOperationError,
  writeOperationError,
} from '../parameters/operation-error.ts';
import { ParameterType } from '../parameters/parameter-type.ts';
import { type PoolElement, readPoolElements, writePoolElements } from '../parameters/pool-element.ts';
import { putPoolElements } from '../parameters/canonical-pool-element.ts';
import { putPoolHandle, readPoolHandle, writePoolHandle } from '../parameters/pool-handle.ts';
import { putPolicy, readPolicy, writePolicy } from '../parameters/policy.ts';
import type { PolicyParameter } from '../parameters/selection-policy.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import { messageHeader } from '../codec/words.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/**
 * ASAP_HANDLE_RESOLUTION_RESPONSE: the elements of a pool, or why there are none (RFC 5352 section 2.2.6).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x06  |0|0|0|0|0|0|0|A|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                     Pool Handle Parameter                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :             Overall PE Selection Policy (optional)            :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :              Pool Element Parameter 1 (optional)              :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                              ...                              :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :              Pool Element Parameter N (optional)              :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                  Operational Error (optional)                 :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface AsapHandleResolutionResponse extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_HANDLE_RESOLUTION_RESPONSE';
  /** A flag: the registrar will send further responses whenever the pool changes. */
  readonly subscribed: boolean;
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** Overall policy of the pool; absent means Round Robin. */
  readonly policy?: PolicyParameter;
  /** The elements in the order of selection; at least one unless there is an error. */
  readonly poolElements: readonly PoolElement[];
  /** Why the resolution was refused; its presence makes the response negative. */
  readonly error?: OperationError;
}

const messageType = 0x06;

/** Codec of ASAP_HANDLE_RESOLUTION_RESPONSE. */
export const asapHandleResolutionResponseCodec: MessageCodec<AsapHandleResolutionResponse> = {
  number: messageType,

  decode(reader, flags) {
    const poolHandle = readPoolHandle(reader);
    if (poolHandle === undefined) return undefined;
    let policy: PolicyParameter | undefined;
    if (reader.peek() === ParameterType.policy) {
      policy = readPolicy(reader);
      if (policy === undefined) return undefined;
    }
    const poolElements = readPoolElements(reader);
    if (poolElements === undefined) return undefined;
    const type = 'ASAP_HANDLE_RESOLUTION_RESPONSE';
    const subscribed = (flags & 1) !== 0;
    const message: Mutable<AsapHandleResolutionResponse> =
      policy === undefined
        ? { type, subscribed, poolHandle, poolElements }
        : { type, subscribed, poolHandle, policy, poolElements };
    if (reader.peek() === ParameterType.operationError) {
      const error = readOperationError(reader);
      if (error === undefined) return undefined;
      message.error = error;
    }
    // A positive response has at least one element; a negative one has none by the RFC, but a sender that adds
    // policy or elements to its error is understood all the same.
    if (message.error === undefined && poolElements.length === 0) {
      reader.failExpected(ParameterType.poolElement);
      return undefined;
    }
    return reader.close<AsapHandleResolutionResponse>(message);
  },

  encode(writer, message) {
    if (message.error === undefined && message.poolElements.length === 0) {
      throw writer.invalid('poolElements', 'is empty; a response without an error has at least one');
    }
    writer.flags(message.subscribed ? 1 : 0);
    writePoolHandle(writer, message.poolHandle);
    if (message.policy !== undefined) writePolicy(writer, message.policy);
    writePoolElements(writer, message.poolElements);
    if (message.error !== undefined) writeOperationError(writer, message.error);
  },
};

/**
 * Writes an ASAP_HANDLE_RESOLUTION_RESPONSE the straight way.
 *
 * @param start - Where it begins; there is room for a handle and a policy.
 * @param room - Where the room ends; it is checked.
 * @returns Where it ends with its padding; -1 where only the general way will do.
 */
export function putAsapHandleResolutionResponse(
  view: DataView,
  start: number,
  room: number,
  message: AsapHandleResolutionResponse,
): number {
  const { policy, poolElements } = message;
  if (message.unknownParameters !== undefined || message.error !== undefined) return -1;
  if (poolElements.length === 0) return -1;
  let end = putPoolHandle(view, start + 4, message.poolHandle);
  if (end >= 0 && policy !== undefined) end = putPolicy(view, end, policy, policy.type);
  if (end >= 0) end = putPoolElements(view, end, room, poolElements);
  if (end < 0 || end - start > 0xffff) return -1;
  view.setInt32(start, messageHeader(messageType, message.subscribed ? 1 : 0, end - start));
  return end;
}
