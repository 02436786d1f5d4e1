import { cookieMark, hasCookieMark } from '../cookie-mark.ts';
import { readUint64, writeUint64 } from '../uint64.ts';

const mark = cookieMark('<PP-TD1>');
const cookieLength = mark.length + 8;

/**
 * The cookie of a ping-pong session: the number of the next reply.
 *
 * @param nextReplyNumber - 0 .. 2^53 - 1.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for another number.
 */
export function encodePingPongCookie(nextReplyNumber: number): Uint8Array {
  const bytes = new Uint8Array(cookieLength);
  bytes.set(mark);
  writeUint64(new DataView(bytes.buffer), mark.length, nextReplyNumber);
  return bytes;
}

/**
 * The number of the next reply, or `undefined` where the bytes are no cookie of this service.
 *
 * @param bytes - What came back in an ASAP_COOKIE_ECHO.
 */
export function decodePingPongCookie(bytes: Uint8Array): number | undefined {
  if (bytes.length !== cookieLength || !hasCookieMark(bytes, mark)) return undefined;
  return readUint64(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), mark.length);
}
