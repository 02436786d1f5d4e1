import { cookieMark, decodeNumberedCookie, encodeNumberedCookie } from '../numbered-cookie.ts';

const mark = cookieMark('<PP-TD1>');

/**
 * The cookie of a ping-pong session: the number of the next reply.
 *
 * @param nextReplyNumber - 0 .. 2^53 - 1.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for another number.
 */
export function encodePingPongCookie(nextReplyNumber: number): Uint8Array {
  return encodeNumberedCookie(mark, nextReplyNumber);
}

/**
 * The number of the next reply, or `undefined` where the bytes are no cookie of this service.
 *
 * @param bytes - What came back in an ASAP_COOKIE_ECHO.
 */
export function decodePingPongCookie(bytes: Uint8Array): number | undefined {
  return decodeNumberedCookie(mark, bytes);
}
