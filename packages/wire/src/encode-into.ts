import type { AsapMessage } from './asap/asap-message.ts';
import { putAsapMessage } from './asap/put-asap-message.ts';
import { encodingError } from './codec/encode-message.ts';
import { straightRoom } from './codec/straight-room.ts';
import { copyToTarget, targetRoom, targetView } from './codec/target.ts';
import { encodeAsapMessage, encodeEnrpMessage } from './encode.ts';
import type { EnrpMessage } from './enrp/enrp-message.ts';
import { putEnrpMessage } from './enrp/put-enrp-message.ts';

/**
 * Encodes an ASAP message into a buffer that exists: the same bytes as {@link encodeAsapMessage}, without making an
 * array for them. Writing one message after the other into the same buffer, with a few hundred bytes to spare behind
 * each, is the fastest way to encode.
 *
 * @param message - What to encode.
 * @param target - Where to write it. The latest target is remembered, and kept from being collected.
 * @param offset - Where the message begins, in bytes; any integer from 0 up to the length of the target.
 * @returns How many bytes it takes, with its padding: a multiple of 4.
 * @throws {@link RserpoolError} as {@link encodeAsapMessage} does; `ERR_RSERPOOL_MESSAGE_TOO_LONG` also where the
 *   target has too little room, and `ERR_RSERPOOL_INVALID_ARGUMENT` where target or offset are none. What stands
 *   behind the offset is undefined then; what stands before it is never touched.
 *
 * @example
 * ```ts
 * import { encodeAsapMessageInto, poolHandleFromText } from '@rserpool/wire';
 *
 * const buffer = new Uint8Array(65536);
 * const poolHandle = poolHandleFromText('EchoPool');
 * const length = encodeAsapMessageInto({ type: 'ASAP_HANDLE_RESOLUTION', subscribe: false, poolHandle }, buffer);
 * console.log(buffer.subarray(0, length));
 * ```
 */
export function encodeAsapMessageInto(message: AsapMessage, target: Uint8Array, offset: number = 0): number {
  try {
    const view = targetView(target);
    const room = targetRoom();
    if (offset >>> 0 === offset && room - offset >= straightRoom) {
      const end = putAsapMessage(view, offset, room, message);
      if (end >= 0) return end - offset;
    }
  } catch (cause) {
    throw encodingError(cause);
  }
  return copyToTarget(encodeAsapMessage(message), target, offset);
}

/**
 * Encodes an ENRP message into a buffer that exists; the rest as in {@link encodeAsapMessageInto}.
 *
 * @param message - What to encode.
 * @param target - Where to write it. The latest target is remembered, and kept from being collected.
 * @param offset - Where the message begins, in bytes; any integer from 0 up to the length of the target.
 * @returns How many bytes it takes, with its padding: a multiple of 4.
 * @throws {@link RserpoolError} as {@link encodeAsapMessageInto} does.
 */
export function encodeEnrpMessageInto(message: EnrpMessage, target: Uint8Array, offset: number = 0): number {
  try {
    const view = targetView(target);
    const room = targetRoom();
    if (offset >>> 0 === offset && room - offset >= straightRoom) {
      const end = putEnrpMessage(view, offset, room, message);
      if (end >= 0) return end - offset;
    }
  } catch (cause) {
    throw encodingError(cause);
  }
  return copyToTarget(encodeEnrpMessage(message), target, offset);
}
