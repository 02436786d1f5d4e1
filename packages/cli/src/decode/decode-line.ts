import {
  bytesToHex,
  type DecodeResult,
  decodeAsapMessage,
  decodeEnrpMessage,
  encodeAsapMessage,
  encodeEnrpMessage,
  hexToBytes,
  RserpoolError,
} from '@rserpool/wire';
import { type Plain, toPlain } from './to-plain.ts';

/** The two protocols whose messages can be decoded. */
export type Protocol = 'asap' | 'enrp';

/** What became of one line of hexadecimal digits. */
export type DecodedLine =
  | {
      /** The line is a message. */
      readonly ok: true;
      /** The message. */
      readonly message: Plain;
      /** What encoding the message gives, in hexadecimal: the same bytes, or the canonical form of them. */
      readonly reencoded: string;
      /** What RFC 5354 section 3 wants reported to the sender; left out where there is nothing. */
      readonly reports?: Plain;
    }
  | {
      /** The line is no message. */
      readonly ok: false;
      /** Why, and what RFC 5354 wants done. */
      readonly error: {
        readonly code: string;
        readonly offset: number;
        readonly type: number;
        readonly action: string;
        readonly reason: string;
      };
    };

/**
 * Decodes one message.
 *
 * @param protocol - Whose message it is; nothing in the bytes tells.
 * @param line - Hexadecimal digits; spaces and colons between them do not count.
 */
export function decodeLine(protocol: Protocol, line: string): DecodedLine {
  let bytes: Uint8Array;
  try {
    bytes = hexToBytes(line.replace(/[\s:]/gu, ''));
  } catch (error) {
    if (!RserpoolError.is(error)) throw error;
    const reason = 'the line is not an even number of hexadecimal digits';
    return { ok: false, error: { code: 'not-hexadecimal', offset: 0, type: -1, action: 'discard', reason } };
  }
  return protocol === 'asap'
    ? describe(decodeAsapMessage(bytes), encodeAsapMessage)
    : describe(decodeEnrpMessage(bytes), encodeEnrpMessage);
}

function describe<Message>(
  result: DecodeResult<Message>,
  encode: (message: Message) => Uint8Array,
): DecodedLine {
  if (!result.ok) {
    const { code, offset, type, action, reason } = result.error;
    return { ok: false, error: { code, offset, type, action, reason } };
  }
  return {
    ok: true,
    message: toPlain(result.message),
    reencoded: bytesToHex(encode(result.message)),
    ...(result.reports.length > 0 && { reports: toPlain(result.reports) }),
  };
}
