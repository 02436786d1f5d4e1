import type { Mutable } from '../codec/mutable.ts';
import { ParameterType } from '../parameters/parameter-type.ts';
import { poolHandleEnd, putPoolHandle, readPoolHandle, writePoolHandle } from '../parameters/pool-handle.ts';
import {
  lastPoolElementIdentifier,
  putPoolElementIdentifier,
  readPoolElementIdentifier,
  writePoolElementIdentifier,
} from '../parameters/pool-element-identifier.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import { viewOf } from '../codec/view-of.ts';
import { messageHeader, wordOf } from '../codec/words.ts';
import { defaultDecodeLimits } from '../decode-limits.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/**
 * ASAP_ENDPOINT_KEEP_ALIVE: a registrar probes a pool element (RFC 5352 section 2.2.7).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x07  |0|0|0|0|0|0|0|H|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       Server Identifier                       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                     Pool Handle Parameter                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :           PE Identifier Parameter (added by rsplib)           :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface AsapEndpointKeepAlive extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_ENDPOINT_KEEP_ALIVE';
  /** H flag: the sender wants to be the element's home registrar. */
  readonly home: boolean;
  /** Server Identifier of the sender, 32 bits unsigned. */
  readonly serverIdentifier: number;
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** PE Identifier, 32 bits unsigned; the reference implementation adds it, the RFC has none. */
  readonly poolElementIdentifier?: number;
}

const messageType = 0x07;

/** Codec of ASAP_ENDPOINT_KEEP_ALIVE. */
export const asapEndpointKeepAliveCodec: MessageCodec<AsapEndpointKeepAlive> = {
  number: messageType,

  decode(reader, flags) {
    if (!reader.need(4)) return undefined;
    const serverIdentifier = reader.u32();
    const poolHandle = readPoolHandle(reader);
    if (poolHandle === undefined) return undefined;
    const message: Mutable<AsapEndpointKeepAlive> = {
      type: 'ASAP_ENDPOINT_KEEP_ALIVE',
      home: (flags & 1) !== 0,
      serverIdentifier,
      poolHandle,
    };
    if (reader.peek() === ParameterType.poolElementIdentifier) {
      const poolElementIdentifier = readPoolElementIdentifier(reader);
      if (poolElementIdentifier === undefined) return undefined;
      message.poolElementIdentifier = poolElementIdentifier;
    }
    return reader.close<AsapEndpointKeepAlive>(message);
  },

  encode(writer, message) {
    writer.flags(message.home ? 1 : 0);
    writer.u32(message.serverIdentifier, 'serverIdentifier');
    writePoolHandle(writer, message.poolHandle);
    if (message.poolElementIdentifier !== undefined) {
      writePoolElementIdentifier(writer, message.poolElementIdentifier);
    }
  },
};

/**
 * Writes an ASAP_ENDPOINT_KEEP_ALIVE the straight way.
 *
 * @param start - Where it begins; there is room for a handle and an identifier.
 * @returns Where it ends with its padding; -1 where only the general way will do.
 */
export function putAsapEndpointKeepAlive(
  view: DataView,
  start: number,
  message: AsapEndpointKeepAlive,
): number {
  const { serverIdentifier, poolHandle, poolElementIdentifier } = message;
  if (message.unknownParameters !== undefined || serverIdentifier >>> 0 !== serverIdentifier) return -1;
  let end = putPoolHandle(view, start + 8, poolHandle);
  // The length of a message covers no padding behind its last parameter.
  let length = 12 + poolHandle.length;
  if (end >= 0 && poolElementIdentifier !== undefined) {
    end = putPoolElementIdentifier(view, end, poolElementIdentifier);
    length = end - start;
  }
  if (end < 0) return -1;
  view.setInt32(start, messageHeader(messageType, message.home ? 1 : 0, length));
  view.setInt32(start + 4, serverIdentifier);
  return end;
}

/**
 * Reads an ASAP_ENDPOINT_KEEP_ALIVE the straight way.
 *
 * @param end - Where the message ends, by its length.
 * @returns `undefined` where only the general way will do, right or wrong.
 */
export function takeAsapEndpointKeepAlive(bytes: Uint8Array, end: number): AsapEndpointKeepAlive | undefined {
  const handleEnd = poolHandleEnd(bytes, 8, end, defaultDecodeLimits.poolHandleBytes);
  const isLast = handleEnd === end || ((handleEnd + 3) & ~3) === end;
  const identifier = isLast ? -1 : lastPoolElementIdentifier(bytes, handleEnd, end);
  if (handleEnd < 0 || (!isLast && identifier < 0)) return undefined;
  const message: Mutable<AsapEndpointKeepAlive> = {
    type: 'ASAP_ENDPOINT_KEEP_ALIVE',
    home: ((bytes[1] as number) & 1) !== 0,
    serverIdentifier: wordOf(bytes, 4) >>> 0,
    poolHandle: viewOf(bytes, 12, handleEnd),
  };
  if (!isLast) message.poolElementIdentifier = identifier;
  return message;
}
