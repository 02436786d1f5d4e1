import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '@rserpool/wire';
import { crc32c, crc32cEnd, crc32cStart, crc32cUpdate, crc32cZeros } from './crc32c.ts';

/** The definition, bit by bit: what the tables have to agree with. */
function naiveCrc32c(bytes: Uint8Array): number {
  let rest = 0xffff_ffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest & 1) === 0 ? rest >>> 1 : (rest >>> 1) ^ 0x82f6_3b78;
  }
  return ~rest >>> 0;
}

describe('RFC 9260 section 6.8: CRC32c', () => {
  // RFC 3720 appendix B.4, and the usual check value.
  it.each([
    { name: 'nothing', bytes: new Uint8Array(0), checksum: 0 },
    { name: "'123456789'", bytes: encodeUtf8('123456789'), checksum: 0xe306_9283 },
    { name: '32 bytes of 0', bytes: new Uint8Array(32), checksum: 0x8a91_36aa },
    { name: '32 bytes of 255', bytes: new Uint8Array(32).fill(255), checksum: 0x62a8_ab43 },
    { name: '0 to 31', bytes: Uint8Array.from({ length: 32 }, (_, index) => index), checksum: 0x46dd_794e },
    {
      name: '31 to 0',
      bytes: Uint8Array.from({ length: 32 }, (_, index) => 31 - index),
      checksum: 0x113f_db5c,
    },
  ])('of $name', ({ bytes, checksum }) => {
    expect(crc32c(bytes)).toBe(checksum);
  });

  it('is what the definition says, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => crc32c(bytes) === naiveCrc32c(bytes)),
    );
  });

  it('is what the definition says for long packets, wherever they begin in memory', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 250, maxLength: 1500 }),
        fc.integer({ min: 0, max: 5 }),
        (bytes, offset) => {
          const moved = new Uint8Array(bytes.length + offset).subarray(offset);
          moved.set(bytes);
          return crc32c(moved) === naiveCrc32c(bytes);
        },
      ),
    );
  });

  it('is the same in pieces as in one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(), fc.nat(), (bytes, one, two) => {
        const cuts = [one % (bytes.length + 1), two % (bytes.length + 1)].sort((left, right) => left - right);
        const [first, second] = cuts as [number, number];
        let state = crc32cUpdate(crc32cStart, bytes, 0, first);
        state = crc32cUpdate(state, bytes, first, second);
        state = crc32cUpdate(state, bytes, second, bytes.length);
        return crc32cEnd(state) === naiveCrc32c(bytes);
      }),
    );
  });

  it('takes zeros that are nowhere as zeros', () => {
    const state = crc32cUpdate(crc32cStart, encodeUtf8('abc'), 0, 3);
    expect(crc32cEnd(crc32cZeros(state, 5))).toBe(naiveCrc32c(encodeUtf8('abc\0\0\0\0\0')));
  });
});
