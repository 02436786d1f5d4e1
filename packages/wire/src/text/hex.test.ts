import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytes } from '../testing/samples.fixture.ts';
import { bytesEqual } from './bytes.ts';
import { bytesToHex, hexToBytes } from './hex.ts';

describe('hexadecimal text', () => {
  it('comes back as the same bytes', () => {
    const property = fc.property(fc.uint8Array(), (input) => {
      expect(bytesToHex(input)).toBe(Buffer.from(input).toString('hex'));
      expect(hexToBytes(bytesToHex(input))).toEqual(input);
    });
    fc.assert(property, { seed: 16 });
  });

  it('may have upper case and white space', () => {
    expect(hexToBytes(' 00 fF\n\tAb\r')).toEqual(bytes(0, 0xff, 0xab));
  });

  it.each(['0', '0 ', 'abc', '0x00', '0g', 'g0', 'ａｂ', '@@', '``', '//', '::'])(
    'is refused: %j',
    (text) => {
      expect(() => hexToBytes(text)).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
    },
  );
});

describe('equality of bytes', () => {
  it.each([
    [bytes(), bytes(), true],
    [bytes(1, 2), bytes(1, 2), true],
    [bytes(1, 2), bytes(1, 3), false],
    [bytes(1, 2), bytes(1, 2, 3), false],
    [bytes(0), bytes(), false],
  ])('of %o and %o is %s', (left, right, equal) => {
    expect(bytesEqual(left, right)).toBe(equal);
    expect(bytesEqual(left, left)).toBe(true);
  });
});
