import type { Mutable } from '../codec/mutable.ts';
import {
  lastHandleResolutionOption,
  putHandleResolutionOption,
  readHandleResolutionOption,
  writeHandleResolutionOption,
} from '../parameters/handle-resolution-option.ts';
import { ParameterType } from '../parameters/parameter-type.ts';
import { poolHandleEnd, putPoolHandle, readPoolHandle, writePoolHandle } from '../parameters/pool-handle.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import { viewOf } from '../codec/view-of.ts';
import { messageHeader } from '../codec/words.ts';
import { defaultDecodeLimits } from '../decode-limits.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/**
 * ASAP_HANDLE_RESOLUTION: a pool user asks for the elements of a pool (RFC 5352 section 2.2.5).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x05  |0|0|0|0|0|0|0|S|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                     Pool Handle Parameter                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :              Handle Resolution Option (optional)              :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface AsapHandleResolution extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_HANDLE_RESOLUTION';
  /** S flag: further responses are wanted whenever the pool changes. */
  readonly subscribe: boolean;
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /**
   * How many elements are wanted (draft-dreibholz-rserpool-asap-hropt), 32 bits unsigned: 0 leaves it to the
   * registrar, 0xffffffff asks for as many as possible. Absent where the option is not used.
   */
  readonly items?: number;
}

const messageType = 0x05;

/** Codec of ASAP_HANDLE_RESOLUTION. */
export const asapHandleResolutionCodec: MessageCodec<AsapHandleResolution> = {
  number: messageType,

  decode(reader, flags) {
    reader.option = ParameterType.handleResolutionOption;
    const poolHandle = readPoolHandle(reader);
    if (poolHandle === undefined) return undefined;
    const message: Mutable<AsapHandleResolution> = {
      type: 'ASAP_HANDLE_RESOLUTION',
      subscribe: (flags & 1) !== 0,
      poolHandle,
    };
    if (reader.peek() === ParameterType.handleResolutionOption) {
      const items = readHandleResolutionOption(reader);
      if (items === undefined) return undefined;
      message.items = items;
    }
    return reader.close<AsapHandleResolution>(message);
  },

  encode(writer, message) {
    for (const unknown of message.unknownParameters ?? []) {
      if (unknown.type !== ParameterType.handleResolutionOption) continue;
      throw writer.invalid('unknownParameters', "holds the Handle Resolution option; set 'items' instead");
    }
    writer.flags(message.subscribe ? 1 : 0);
    writePoolHandle(writer, message.poolHandle);
    if (message.items !== undefined) writeHandleResolutionOption(writer, message.items);
  },
};

/**
 * Writes an ASAP_HANDLE_RESOLUTION the straight way.
 *
 * @param start - Where it begins; there is room for a handle and the option.
 * @returns Where it ends with its padding; -1 where only the general way will do.
 */
export function putAsapHandleResolution(
  view: DataView,
  start: number,
  message: AsapHandleResolution,
): number {
  const { poolHandle, items } = message;
  if (message.unknownParameters !== undefined) return -1;
  let end = putPoolHandle(view, start + 4, poolHandle);
  // The length of a message covers no padding behind its last parameter.
  let length = 8 + poolHandle.length;
  if (end >= 0 && items !== undefined) {
    end = putHandleResolutionOption(view, end, items);
    length = end - start;
  }
  if (end < 0) return -1;
  view.setInt32(start, messageHeader(messageType, message.subscribe ? 1 : 0, length));
  return end;
}

/**
 * Reads an ASAP_HANDLE_RESOLUTION the straight way.
 *
 * @param end - Where the message ends, by its length.
 * @returns `undefined` where only the general way will do, right or wrong.
 */
export function takeAsapHandleResolution(bytes: Uint8Array, end: number): AsapHandleResolution | undefined {
  const handleEnd = poolHandleEnd(bytes, 4, end, defaultDecodeLimits.poolHandleBytes);
  const isLast = handleEnd === end || ((handleEnd + 3) & ~3) === end;
  const items = isLast ? -1 : lastHandleResolutionOption(bytes, handleEnd, end);
  if (handleEnd < 0 || (!isLast && items < 0)) return undefined;
  const message: Mutable<AsapHandleResolution> = {
    type: 'ASAP_HANDLE_RESOLUTION',
    subscribe: ((bytes[1] as number) & 1) !== 0,
    poolHandle: viewOf(bytes, 8, handleEnd),
  };
  if (!isLast) message.items = items;
  return message;
}
