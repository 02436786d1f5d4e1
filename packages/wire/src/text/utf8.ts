/**
 * The UTF-8 bytes of a text. A surrogate without its partner becomes U+FFFD.
 *
 * @param text - Any text.
 */
export function encodeUtf8(text: string): Uint8Array {
  const { length } = text;
  let ascii = 0;
  while (ascii < length && text.charCodeAt(ascii) < 0x80) ascii++;
  // Most texts are ASCII: an array of the right length is made at once instead of a long one and a copy.
  const bytes = new Uint8Array(ascii === length ? length : length * 3);
  let end = 0;
  for (let index = 0; index < length; index++) {
    let code = text.charCodeAt(index);
    if (code >= 0xd800 && code <= 0xdfff) {
      const next = index + 1 < length ? text.charCodeAt(index + 1) : 0;
      if (code <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) {
        code = 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00);
        index++;
      } else {
        code = 0xfffd;
      }
    }
    if (code < 0x80) {
      bytes[end++] = code;
    } else {
      if (code < 0x800) {
        bytes[end++] = 0xc0 | (code >> 6);
      } else {
        if (code < 0x10000) {
          bytes[end++] = 0xe0 | (code >> 12);
        } else {
          bytes[end++] = 0xf0 | (code >> 18);
          bytes[end++] = 0x80 | ((code >> 12) & 0x3f);
        }
        bytes[end++] = 0x80 | ((code >> 6) & 0x3f);
      }
      bytes[end++] = 0x80 | (code & 0x3f);
    }
  }
  return end === bytes.length ? bytes : bytes.slice(0, end);
}

/**
 * The text of UTF-8 bytes. Lenient: every part that is not UTF-8 becomes U+FFFD, one for each maximal subpart
 * (Unicode 15 section 3.9, as in the WHATWG decoder); a byte order mark is kept as a character.
 *
 * @param bytes - Any bytes.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  let index = 0;
  while (index < bytes.length) {
    const first = bytes[index++] as number;
    if (first < 0x80) {
      text += String.fromCharCode(first);
      continue;
    }
    let missing = first >= 0xc2 && first <= 0xdf ? 1 : first >= 0xe0 && first <= 0xef ? 2 : 0;
    if (first >= 0xf0 && first <= 0xf4) missing = 3;
    if (missing === 0) {
      text += '\ufffd';
      continue;
    }
    // The second byte has a narrower range after some first ones: no overlong forms, no surrogates, no more
    // than U+10FFFF.
    let lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    let highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    let code = first & (0x3f >> missing);
    while (missing > 0 && index < bytes.length) {
      const next = bytes[index] as number;
      if (next < lowest || next > highest) break;
      code = (code << 6) | (next & 0x3f);
      lowest = 0x80;
      highest = 0xbf;
      missing--;
      index++;
    }
    text += missing > 0 ? '\ufffd' : String.fromCodePoint(code);
  }
  return text;
}
