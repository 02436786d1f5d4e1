import { RserpoolError } from '../rserpool-error.ts';

const digits = '0123456789abcdef';

/**
 * Lower-case hexadecimal digits, two for each byte, without separators.
 *
 * @param bytes - Any bytes.
 */
export function bytesToHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += digits.charAt(byte >> 4) + digits.charAt(byte & 15);
  return text;
}

/**
 * The bytes that hexadecimal digits stand for. Upper and lower case and white space between digits are accepted.
 *
 * @param text - An even number of digits.
 * @throws {@link RserpoolError} `ERR_RSERPOOL_INVALID_ARGUMENT` where the text holds anything else.
 */
export function hexToBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length >> 1);
  let count = 0;
  let high = -1;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) continue;
    const digit = valueOfDigit(code);
    if (digit < 0) throw invalid(`'${text.charAt(index)}' at position ${index} is no hexadecimal digit`);
    if (high < 0) {
      high = digit;
    } else {
      bytes[count++] = (high << 4) | digit;
      high = -1;
    }
  }
  if (high >= 0) throw invalid('the number of hexadecimal digits is odd');
  return bytes.slice(0, count);
}

function valueOfDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}

function invalid(what: string): RserpoolError {
  return new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', `${what}; give pairs of the digits 0-9 and a-f`);
}
