import { putPoolElement } from '../parameters/canonical-pool-element.ts';
import { putPoolHandle, readPoolHandle, writePoolHandle } from '../parameters/pool-handle.ts';
import { type PoolElement, readPoolElement, writePoolElement } from '../parameters/pool-element.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import { messageHeader } from '../codec/words.ts';
import type { EnrpHeader } from './header.ts';

/** The values of the Update Action field (RFC 5353 section 2.4). */
export const UpdateAction: {
  /** ADD_PE: add or update the element. */
  readonly addPoolElement: 0;
  /** DEL_PE: delete the element. */
  readonly deletePoolElement: 1;
} = { addPoolElement: 0, deletePoolElement: 1 };

/**
 * ENRP_HANDLE_UPDATE: the home registrar of an element tells its peers about a change (RFC 5353 section 2.4).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x04  |0|0|0|0|0|0|0|T|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Sending Server's ID                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Receiving Server's ID                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         Update Action         |           (reserved)          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                     Pool Handle Parameter                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                     Pool Element Parameter                    :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface EnrpHandleUpdate extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_HANDLE_UPDATE';
  /** T flag (draft-dreibholz-rserpool-enrp-takeover): the receiver is asked to become the element's home. */
  readonly takeoverSuggested: boolean;
  /** Update Action, 16 bits: one of {@link UpdateAction}; reserved numbers are passed as they are. */
  readonly action: number;
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** The pool element. */
  readonly poolElement: PoolElement;
}

const messageType = 0x04;

/** Codec of ENRP_HANDLE_UPDATE. */
export const enrpHandleUpdateCodec: MessageCodec<EnrpHandleUpdate> = {
  number: messageType,

  decode(reader, flags) {
    if (!reader.need(12)) return undefined;
    const senderIdentifier = reader.u32();
    const receiverIdentifier = reader.u32();
    const action = reader.u16();
    reader.u16();
    const poolHandle = readPoolHandle(reader);
    if (poolHandle === undefined) return undefined;
    const poolElement = readPoolElement(reader);
    if (poolElement === undefined) return undefined;
    return reader.close<EnrpHandleUpdate>({
      type: 'ENRP_HANDLE_UPDATE',
      senderIdentifier,
      receiverIdentifier,
      takeoverSuggested: (flags & 1) !== 0,
      action,
      poolHandle,
      poolElement,
    });
  },

  encode(writer, message) {
    writer.flags(message.takeoverSuggested ? 1 : 0);
    writer.u32(message.senderIdentifier, 'senderIdentifier');
    writer.u32(message.receiverIdentifier, 'receiverIdentifier');
    writer.u16(message.action, 'action');
    writer.u16(0, 'reserved');
    writePoolHandle(writer, message.poolHandle);
    writePoolElement(writer, message.poolElement, 'poolElement', -1);
  },
};

/**
 * Writes an ENRP_HANDLE_UPDATE the straight way.
 *
 * @param start - Where it begins; there is room for a handle and an element.
 * @returns Where it ends with its padding; -1 where only the general way will do.
 */
export function putEnrpHandleUpdate(view: DataView, start: number, message: EnrpHandleUpdate): number {
  const { senderIdentifier, receiverIdentifier, action } = message;
  if (message.unknownParameters !== undefined || (action & 0xffff) !== action) return -1;
  if (senderIdentifier >>> 0 !== senderIdentifier || receiverIdentifier >>> 0 !== receiverIdentifier)
    return -1;
  let end = putPoolHandle(view, start + 16, message.poolHandle);
  if (end >= 0) end = putPoolElement(view, end, message.poolElement);
  if (end < 0) return -1;
  view.setInt32(start, messageHeader(messageType, message.takeoverSuggested ? 1 : 0, end - start));
  view.setInt32(start + 4, senderIdentifier);
  view.setInt32(start + 8, receiverIdentifier);
  view.setInt32(start + 12, action << 16);
  return end;
}
