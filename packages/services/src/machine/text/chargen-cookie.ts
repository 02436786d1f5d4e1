import { cookieMark, decodeNumberedCookie, encodeNumberedCookie } from '../numbered-cookie.ts';

const mark = cookieMark('<CG-RN1>');

/**
 * The cookie of a character generator: the number of the next line. The reference's has none; without a cookie the next
 * element would not even begin, since it waits for a word of the user.
 *
 * @param nextLine - 0 .. 2^53 - 1.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for another number.
 */
export function encodeChargenCookie(nextLine: number): Uint8Array {
  return encodeNumberedCookie(mark, nextLine);
}

/**
 * The number of the next line, or `undefined` where the bytes are no cookie of this service.
 *
 * @param bytes - What came back in an ASAP_COOKIE_ECHO.
 */
export function decodeChargenCookie(bytes: Uint8Array): number | undefined {
  return decodeNumberedCookie(mark, bytes);
}
