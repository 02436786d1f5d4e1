import { type DecodeLimits, defaultDecodeLimits } from '../decode-limits.ts';
import type { DecodeError, DecodeErrorCode, DecodeResult } from '../decode-result.ts';
import { ErrorCauseCode } from '../errors/error-cause-code.ts';
import { frameEnd } from './frame-end.ts';
import type { MessageTable } from './message-table.ts';
import { Reader } from './reader.ts';

// One reader is lent from decoding to decoding; a decoding inside of another one, if there ever is one, makes
// its own.
let idle: Reader | undefined;

/** Decodes one message of the protocol whose messages the table lists. Never throws. */
export function decodeMessage<Message>(
  table: MessageTable<Message>,
  bytes: Uint8Array,
  partialLimits: Partial<DecodeLimits> | undefined,
): DecodeResult<Message> {
  const limits =
    partialLimits === undefined ? defaultDecodeLimits : { ...defaultDecodeLimits, ...partialLimits };
  const length = frameEnd(bytes);
  if (length < 0 || length > limits.messageBytes) return { ok: false, error: brokenFraming(bytes, limits) };
  const type = bytes[0] as number;
  const reader = idle ?? new Reader(bytes, limits);
  idle = undefined;
  reader.reset(bytes, limits);
  reader.beginMessage(type, length);
  const codec = table[type];
  const result: DecodeResult<Message> =
    codec === undefined
      ? { ok: false, error: unknownMessage(reader, type, length) }
      : finish(codec.decode(reader, bytes[1] as number), reader);
  reader.release();
  idle = reader;
  return result;
}

function finish<Message>(message: Message | undefined, reader: Reader): DecodeResult<Message> {
  if (message !== undefined) return { ok: true, message, reports: reader.reports };
  return { ok: false, error: reader.failure as DecodeError };
}

/** Input whose framing is broken is dropped in silence: nothing in it can be trusted. */
function brokenFraming(bytes: Uint8Array, limits: DecodeLimits): DecodeError {
  const size = bytes.length;
  if (size < 4) return framingError(bytes, 'truncated', `a message header has 4 bytes, ${size} are there`);
  const length = ((bytes[2] as number) << 8) | (bytes[3] as number);
  if (length < 4)
    return framingError(bytes, 'bad-length', `the message length ${length} does not cover the header`);
  if (length > limits.messageBytes) {
    const reason = `more than the limit 'messageBytes' (${limits.messageBytes}) admits`;
    return framingError(bytes, 'limit-exceeded', reason);
  }
  const code = length > size ? 'truncated' : 'bad-length';
  return framingError(bytes, code, `the message length is ${length}, but ${size} bytes are there`);
}

function framingError(bytes: Uint8Array, code: DecodeErrorCode, reason: string): DecodeError {
  const messageType = bytes[0] ?? -1;
  return { code, offset: 0, type: Math.max(messageType, 0), messageType, action: 'discard', reason };
}

/** RFC 5354 section 4: type bits 01 ask for a report; 00 does not, and 10 and 11 are reserved. */
function unknownMessage(reader: Reader, type: number, length: number): DecodeError {
  const reason = `message type 0x${type.toString(16)} is not known`;
  const common = { code: 'unknown-message', offset: 0, type, messageType: type, reason } as const;
  if (type >> 6 !== 1) return { ...common, action: 'discard' };
  return {
    ...common,
    action: 'report',
    cause: reader.causeWith(ErrorCauseCode.unrecognizedMessage, 0, length),
  };
}
