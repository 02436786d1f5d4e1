import type { Reader } from '../codec/reader.ts';
import { ParameterType } from '../parameters/parameter-type.ts';
import { type PoolElement, readPoolElements, writePoolElements } from '../parameters/pool-element.ts';
import { putPoolElements } from '../parameters/canonical-pool-element.ts';
import {
  longestPutHandle,
  putPoolHandle,
  readPoolHandle,
  writePoolHandle,
} from '../parameters/pool-handle.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import { messageHeader } from '../codec/words.ts';
import type { EnrpHeader } from './header.ts';

/**
 * A pool with some or all of its elements, as it stands in an ENRP_HANDLE_TABLE_RESPONSE (RFC 5353 section 2.3).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                          Pool Handle                          :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                             PE #1                             :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                              ...                              :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                             PE #n                             :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface PoolEntry {
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** Its elements, at least one. */
  readonly poolElements: readonly PoolElement[];
}

/**
 * ENRP_HANDLE_TABLE_RESPONSE: a part of the handlespace (RFC 5353 section 2.3).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x03  |0|0|0|0|0|0|M|R|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Sending Server's ID                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Receiving Server's ID                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                    Pool Entry #1 (optional)                   :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                              ...                              :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                    Pool Entry #n (optional)                   :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface EnrpHandleTableResponse extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_HANDLE_TABLE_RESPONSE';
  /** R flag (bit 0): the request was rejected; there are no entries then. */
  readonly rejected: boolean;
  /** M flag (bit 1): more entries follow on a further request. */
  readonly moreToSend: boolean;
  /** The pools. One pool may be spread over several entries and messages. */
  readonly poolEntries: readonly PoolEntry[];
}

const messageType = 0x03;

/** Codec of ENRP_HANDLE_TABLE_RESPONSE. */
export const enrpHandleTableResponseCodec: MessageCodec<EnrpHandleTableResponse> = {
  number: messageType,

  decode(reader, flags) {
    if (!reader.need(8)) return undefined;
    const senderIdentifier = reader.u32();
    const receiverIdentifier = reader.u32();
    const rejected = (flags & 1) !== 0;
    // A rejection must not hold entries: whatever stands there is unexpected, and closing says so.
    const poolEntries = rejected ? [] : readPoolEntries(reader);
    if (poolEntries === undefined) return undefined;
    return reader.close<EnrpHandleTableResponse>({
      type: 'ENRP_HANDLE_TABLE_RESPONSE',
      senderIdentifier,
      receiverIdentifier,
      rejected,
      moreToSend: (flags & 2) !== 0,
      poolEntries,
    });
  },

  encode(writer, message) {
    writer.flags((message.rejected ? 1 : 0) | (message.moreToSend ? 2 : 0));
    writer.u32(message.senderIdentifier, 'senderIdentifier');
    writer.u32(message.receiverIdentifier, 'receiverIdentifier');
    const { poolEntries } = message;
    if (message.rejected && poolEntries.length > 0) {
      throw writer.invalid('poolEntries', 'holds entries, which a rejection must not');
    }
    for (let at = 0; at < poolEntries.length; at++) {
      const { poolHandle, poolElements } = poolEntries[at] as PoolEntry;
      if (poolElements.length === 0) {
        throw writer.invalid(`poolEntries[${at}].poolElements`, 'is empty; an entry has at least one');
      }
      writePoolHandle(writer, poolHandle, at);
      writePoolElements(writer, poolElements);
    }
  },
};

function readPoolEntries(reader: Reader): PoolEntry[] | undefined {
  const poolEntries: PoolEntry[] = [];
  while (reader.peek() === ParameterType.poolHandle) {
    const poolHandle = readPoolHandle(reader);
    if (poolHandle === undefined) return undefined;
    const poolElements = readPoolElements(reader);
    if (poolElements === undefined) return undefined;
    if (poolElements.length === 0) {
      reader.failExpected(ParameterType.poolElement);
      return undefined;
    }
    poolEntries.push({ poolHandle, poolElements });
  }
  return reader.failure === undefined ? poolEntries : undefined;
}

/**
 * Writes an ENRP_HANDLE_TABLE_RESPONSE the straight way.
 *
 * @param start - Where it begins; there is room for its header.
 * @param room - Where the room ends; it is checked.
 * @returns Where it ends with its padding; -1 where only the general way will do.
 */
export function putEnrpHandleTableResponse(
  view: DataView,
  start: number,
  room: number,
  message: EnrpHandleTableResponse,
): number {
  const { senderIdentifier, receiverIdentifier, poolEntries } = message;
  if (message.unknownParameters !== undefined || message.rejected) return -1;
  if (senderIdentifier >>> 0 !== senderIdentifier || receiverIdentifier >>> 0 !== receiverIdentifier)
    return -1;
  let end = start + 12;
  for (let at = 0; at < poolEntries.length; at++) {
    const { poolHandle, poolElements } = poolEntries[at] as PoolEntry;
    if (poolElements.length === 0 || room - end < longestPutHandle) return -1;
    end = putPoolHandle(view, end, poolHandle);
    if (end >= 0) end = putPoolElements(view, end, room, poolElements);
    if (end < 0) return -1;
  }
  if (end - start > 0xffff) return -1;
  view.setInt32(start, messageHeader(messageType, message.moreToSend ? 2 : 0, end - start));
  view.setInt32(start + 4, senderIdentifier);
  view.setInt32(start + 8, receiverIdentifier);
  return end;
}
