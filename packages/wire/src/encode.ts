import { asapCodecs } from './asap/asap-codecs.ts';
import type { AsapMessage } from './asap/asap-message.ts';
import { putAsapMessage } from './asap/put-asap-message.ts';
import { borrowWriter, encodeMessage, encodingError, returnWriter } from './codec/encode-message.ts';
import { type CodecsByName, codecsByName } from './codec/message-table.ts';
import { straightRoom } from './codec/straight-room.ts';
import { enrpCodecs } from './enrp/enrp-codecs.ts';
import type { EnrpMessage } from './enrp/enrp-message.ts';
import { putEnrpMessage } from './enrp/put-enrp-message.ts';

// Built on first use, so that importing the package runs nothing.
let asapCodecsByName: CodecsByName<AsapMessage> | undefined;
let enrpCodecsByName: CodecsByName<EnrpMessage> | undefined;

/**
 * Encodes an ASAP message in the canonical form: reserved bits 0, padding 0, the message length without the
 * trailing padding.
 *
 * @param message - What to encode.
 * @returns The message with its padding: a multiple of 4 bytes that are the caller's alone. Short messages have a
 *   buffer of their own; longer ones may be views of a larger buffer, as with Node's `Buffer`: use the bytes, not
 *   their `buffer`.
 * @throws {@link RserpoolError} `ERR_RSERPOOL_INVALID_MESSAGE` for a value that the wire cannot carry, with the path
 *   of the property; `ERR_RSERPOOL_MESSAGE_TOO_LONG` where a length field would overflow.
 */
export function encodeAsapMessage(message: AsapMessage): Uint8Array {
  asapCodecsByName ??= codecsByName<AsapMessage>(asapCodecs);
  const writer = borrowWriter();
  try {
    const start = writer.beginStraight(straightRoom);
    const end = putAsapMessage(writer.view, start, writer.room, message);
    const bytes = end < 0 ? encodeMessage(writer, asapCodecsByName, message) : writer.endStraight(end);
    returnWriter(writer);
    return bytes;
  } catch (cause) {
    throw encodingError(cause);
  }
}

/**
 * Encodes an ENRP message in the canonical form; the rest as in {@link encodeAsapMessage}.
 *
 * @param message - What to encode.
 * @returns The message with its padding: a multiple of 4 bytes that are the caller's alone. Short messages have a
 *   buffer of their own; longer ones may be views of a larger buffer, as with Node's `Buffer`: use the bytes, not
 *   their `buffer`.
 * @throws {@link RserpoolError} `ERR_RSERPOOL_INVALID_MESSAGE` for a value that the wire cannot carry, with the path
 *   of the property; `ERR_RSERPOOL_MESSAGE_TOO_LONG` where a length field would overflow.
 */
export function encodeEnrpMessage(message: EnrpMessage): Uint8Array {
  enrpCodecsByName ??= codecsByName<EnrpMessage>(enrpCodecs);
  const writer = borrowWriter();
  try {
    const start = writer.beginStraight(straightRoom);
    const end = putEnrpMessage(writer.view, start, writer.room, message);
    const bytes = end < 0 ? encodeMessage(writer, enrpCodecsByName, message) : writer.endStraight(end);
    returnWriter(writer);
    return bytes;
  } catch (cause) {
    throw encodingError(cause);
  }
}
