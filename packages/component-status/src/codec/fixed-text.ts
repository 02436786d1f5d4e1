import { decodeUtf8, encodeUtf8 } from '@rserpool/wire';

/** The longest prefix of UTF-8 bytes that has at most `maximum` of them and ends between two characters. */
function cut(bytes: Uint8Array, maximum: number): Uint8Array {
  if (bytes.length <= maximum) return bytes;
  let end = maximum;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}

/**
 * Writes a text into a field of fixed length, with at least one zero byte behind it.
 *
 * @param field - The field, all zero.
 * @param text - The text; what does not fit is cut off between two characters.
 */
export function writeFixedText(field: Uint8Array, text: string): void {
  field.set(cut(encodeUtf8(text), field.length - 1));
}

/**
 * The text in a field of fixed length: up to the first zero byte, or the whole field.
 *
 * @param field - The field.
 */
export function readFixedText(field: Uint8Array): string {
  const end = field.indexOf(0);
  return decodeUtf8(end === -1 ? field : field.subarray(0, end));
}
