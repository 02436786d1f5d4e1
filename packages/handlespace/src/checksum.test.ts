import { poolHandleFromText } from '@rserpool/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockSum, checksumOf, handleSum } from './checksum.ts';
import { internetChecksum, paddedBlock } from './testing/internet-checksum.fixture.ts';

describe('RFC 5353 section 3.6.2, computed by hand', () => {
  test('no element: the complement of 0', () => {
    expect(checksumOf(0)).toBe(0xffff);
  });

  test('"echo" and 0x12345678', () => {
    // 6563 + 686f = cdd2; + 1234 = e006; + 5678 = 1367e; folded 367f; complement c980.
    expect(checksumOf(blockSum(handleSum(poolHandleFromText('echo')), 0x12345678))).toBe(0xc980);
  });

  test('a handle of odd length is padded with zeros: "abc" and 1', () => {
    // 6162 + 6300 = c462; + 0000 + 0001 = c463; complement 3b9c.
    expect(checksumOf(blockSum(handleSum(poolHandleFromText('abc')), 1))).toBe(0x3b9c);
  });

  test('a handle of 4n + 1 bytes gets a whole word of padding: "abcde" and 0xffff0000', () => {
    // 6162 + 6364 = c4c6; + 6500 = 129c6; + 0000; + ffff = 229c5; folded 29c7; complement d638.
    expect(checksumOf(blockSum(handleSum(poolHandleFromText('abcde')), 0xffff0000))).toBe(0xd638);
  });

  test('two elements of one pool', () => {
    // "echo" twice: cdd2 + cdd2 = 19ba4; ids 1 and 2: 19ba7; folded 9ba8; complement 6457.
    const sum = handleSum(poolHandleFromText('echo'));
    expect(checksumOf(blockSum(sum, 1) + blockSum(sum, 2))).toBe(0x6457);
  });
});

test('equals RFC 1071 over the concatenated blocks', () => {
  const element = fc.record({
    handle: fc.uint8Array({ minLength: 1, maxLength: 40 }),
    identifier: fc.integer({ min: 1, max: 0xffffffff }),
  });
  fc.assert(
    fc.property(fc.array(element, { maxLength: 60 }), (elements) => {
      let sum = 0;
      for (const { handle, identifier } of elements) sum += blockSum(handleSum(handle), identifier);
      const blocks = elements.map(({ handle, identifier }) => paddedBlock(handle, identifier));
      expect(checksumOf(sum)).toBe(internetChecksum(blocks));
    }),
    { seed: 3 },
  );
});

test('beyond 2^32 the carry is lost, as in the reference implementation', () => {
  // 3,641 blocks of 18 words ffff: 65,538 * ffff = 1 0000 fffe. The carry lost: fffe; complement 0001; swapped 0100.
  const handle = new Uint8Array(32).fill(0xff);
  const sum = (3641 * blockSum(handleSum(handle), 0xffffffff)) % 0x1_0000_0000;
  expect(checksumOf(sum)).toBe(0x0100);
  expect(internetChecksum(Array<Uint8Array>(3641).fill(paddedBlock(handle, 0xffffffff)))).toBe(0x0000);
});
