import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytes } from '../testing/samples.fixture.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

const seed = 3629;

describe('UTF-8', () => {
  it('is written as the platform does', () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 });
    const surrogates = fc.array(fc.integer({ min: 0xd7ff, max: 0xe000 }), { maxLength: 6 });
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      units.map((list) => String.fromCharCode(...list)),
      surrogates.map((list) => String.fromCharCode(...list)),
    );
    const property = fc.property(texts, (text) => {
      expect(Array.from(encodeUtf8(text))).toEqual(Array.from(new TextEncoder().encode(text)));
    });
    fc.assert(property, { seed, numRuns: 3000 });
  });

  it('is read as the platform does, also where it is none', () => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const lead = fc.constantFrom(0x41, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff);
    const trail = fc.constantFrom(0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0);
    const inputs = fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc.array(fc.oneof(lead, trail), { maxLength: 12 }).map((list) => Uint8Array.from(list)),
    );
    const property = fc.property(inputs, (input) => {
      expect(decodeUtf8(input)).toBe(decoder.decode(input));
    });
    fc.assert(property, { seed, numRuns: 5000 });
  });

  it('has one replacement character for each maximal subpart', () => {
    expect(decodeUtf8(bytes(0xf0, 0x9f, 0x98, 0x41, 0xed, 0xa0, 0x80))).toBe('\ufffdA\ufffd\ufffd\ufffd');
  });
});
