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
  const plain = plainText(handle);
  if (plain !== undefined) return plain;
  const text = decodeUtf8(handle);
  return text.length > 0 && isPrintable(text) ? text : `0x${bytesToHex(handle)}`;
}

/** The text where all of it is printable ASCII, which it nearly always is; eight characters at a time. */
function plainText(handle: Uint8Array): string | undefined {
  const { length } = handle;
  if (length === 0) return undefined;
  for (let index = 0; index < length; index++) {
    const code = handle[index] as number;
    if (code < 0x20 || code > 0x7e) return undefined;
  }
  let text = '';
  let index = 0;
  for (; index + 8 <= length; index += 8) {
    text += String.fromCharCode(
      handle[index] as number,
      handle[index + 1] as number,
      handle[index + 2] as number,
      handle[index + 3] as number,
      handle[index + 4] as number,
      handle[index + 5] as number,
      handle[index + 6] as number,
      handle[index + 7] as number,
    );
  }
  for (; index < length; index++) text += String.fromCharCode(handle[index] as number);
  return text;
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
