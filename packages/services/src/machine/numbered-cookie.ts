import { readUint64, writeUint64 } from './uint64.ts';

const numberLength = 8;

/**
 * The eight bytes that begin a cookie of the reference, as `<PP-TD1>`.
 *
 * @param text - ASCII.
 */
export function cookieMark(text: string): readonly number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/**
 * Whether bytes begin with a mark.
 *
 * @param bytes - A cookie.
 * @param mark - What {@link cookieMark} has made.
 */
export function hasCookieMark(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

/**
 * A cookie that is a mark and a 64-bit number.
 *
 * @param mark - What {@link cookieMark} has made.
 * @param value - 0 .. 2^53 - 1.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for another number.
 */
export function encodeNumberedCookie(mark: readonly number[], value: number): Uint8Array {
  const bytes = new Uint8Array(mark.length + numberLength);
  bytes.set(mark);
  writeUint64(new DataView(bytes.buffer), mark.length, value);
  return bytes;
}

/**
 * The number in a cookie of {@link encodeNumberedCookie}, or `undefined` where the bytes are none with this mark.
 *
 * @param mark - What {@link cookieMark} has made.
 * @param bytes - What came back in an ASAP_COOKIE_ECHO.
 */
export function decodeNumberedCookie(mark: readonly number[], bytes: Uint8Array): number | undefined {
  if (bytes.length !== mark.length + numberLength || !hasCookieMark(bytes, mark)) return undefined;
  return readUint64(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), mark.length);
}
