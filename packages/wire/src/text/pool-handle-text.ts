import { bytesToHex } from './hex.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

/**
 * The pool handle that a text names: its UTF-8 bytes. RFC 5354 section 3.9 leaves the meaning of the bytes open.
 *
 * @param text - The pool's name.
 */
export function poolHandleFromText(text: string): Uint8Array {
  return encodeUtf8(text);
}

/**
 * A pool handle for people: its text where the bytes are UTF-8 without control characters, else `0x` and its
 * hexadecimal digits.
 *
 * @param handle - The pool handle.
 */
export function formatPoolHandle(handle: Uint8Array): string {
  const text = decodeUtf8(handle);
  return text.length > 0 && isPrintable(text) ? text : `0x${bytesToHex(handle)}`;
}

function isPrintable(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const isControl = code < 0x20 || (code >= 0x7f && code <= 0x9f);
    // Line and paragraph separators, directional overrides and byte order marks would garble a log.
    const isInvisible =
      (code >= 0x200b && code <= 0x200f) ||
      (code >= 0x2028 && code <= 0x202e) ||
      (code >= 0x2066 && code <= 0x2069) ||
      code === 0xfeff;
    if (isControl || isInvisible || code === 0xfffd) return false;
  }
  return true;
}
