import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isChecksumRight } from './packet.ts';
import { readEverything } from './testing/read-everything.fixture.ts';

/** A packet of chunks whose lengths fit and whose contents are anything. */
const packet = fc
  .array(
    fc.record({
      type: fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 15, 0x80, 0xc0, 0xc1, 77),
      value: fc.uint8Array({ maxLength: 60 }),
    }),
    {
      maxLength: 4,
    },
  )
  .map((chunks) => {
    const bytes = new Array<number>(12).fill(0);
    for (const { type, value } of chunks) {
      bytes.push(type, 0, 0, value.length + 4, ...value);
      while (bytes.length % 4 !== 0) bytes.push(0);
    }
    return Uint8Array.from(bytes);
  });

describe('whatever comes from the network', () => {
  it('does not make reading throw, nor is it changed', () => {
    fc.assert(
      fc.property(fc.oneof(packet, fc.uint8Array({ maxLength: 200 })), (bytes) => {
        const before = bytes.slice();
        isChecksumRight(bytes);
        expect(readEverything(bytes)).toBeGreaterThanOrEqual(0);
        expect(bytes).toEqual(before);
      }),
      { numRuns: 2000 },
    );
  });
});
