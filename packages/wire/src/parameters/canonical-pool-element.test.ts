import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Reader } from '../codec/reader.ts';
import { Writer } from '../codec/writer.ts';
import { type DecodeLimits, defaultDecodeLimits } from '../decode-limits.ts';
import { anyElement } from '../testing/arbitrary.fixture.ts';
import { bytes, element, sctp } from '../testing/samples.fixture.ts';
import { bytesToHex, hexToBytes } from '../text/hex.ts';
import { longestPutElement, passPoolElement, putPoolElement } from './canonical-pool-element.ts';
import { type PoolElement, readPoolElement, writePoolElement } from './pool-element.ts';

/** The longest element that is canonical: two transports of three addresses. */
const addresses = [bytes(10, 1, 2, 3), bytes(10, 1, 2, 4), new Uint8Array(16).fill(9)];
const longest: PoolElement = {
  ...element,
  userTransport: { ...sctp, addresses },
  asapTransport: { ...sctp, addresses },
};

function encoded(value: PoolElement): string {
  const writer = new Writer();
  writePoolElement(writer, value, 'poolElement', -1);
  return bytesToHex(writer.endBare());
}

function readerOver(hex: string, limits?: Partial<DecodeLimits>): Reader {
  const input = hexToBytes(`ff000000${hex}`);
  const reader = new Reader(input, { ...defaultDecodeLimits, ...limits });
  reader.beginMessage(0xff, input.length);
  return reader;
}

/** The same element with an unrecognized parameter behind the others, which only the general way reads. */
function withSkippedParameter(hex: string): string {
  const length = (hex.length / 2 + 4).toString(16).padStart(4, '0');
  return `000a${length}${hex.slice(8)}81230004`;
}

describe('a canonical pool element', () => {
  it('is read as the general way reads it', () => {
    let canonical = 0;
    const property = fc.property(anyElement, (value) => {
      const hex = encoded(value);
      const passed = passPoolElement(readerOver(hex));
      if (passed === undefined) return;
      canonical++;
      const { unknownParameters, ...general } = readPoolElement(
        readerOver(withSkippedParameter(hex)),
      ) as PoolElement;
      expect(unknownParameters?.length).toBe(1);
      expect(passed).toEqual(general);
    });
    fc.assert(property, { seed: 1, numRuns: 2000 });
    expect(canonical).toBeGreaterThan(10);
  });

  it('has the addresses of both transports once where they are the same', () => {
    const passed = passPoolElement(readerOver(encoded(longest)));
    expect(passed).toEqual(longest);
    const user = passed?.userTransport;
    expect(user?.protocol === 'sctp' ? user.addresses : undefined).toBe(passed?.asapTransport?.addresses);
    for (const others of [[...addresses].reverse(), addresses.slice(1), [bytes(10, 1, 2, 5)]]) {
      const value = { ...longest, asapTransport: { ...sctp, addresses: others } };
      expect(passPoolElement(readerOver(encoded(value)))).toEqual(value);
    }
  });

  it('is written as the general way writes it', () => {
    for (const value of [element, longest]) {
      const room = new Uint8Array(longestPutElement);
      const end = putPoolElement(new DataView(room.buffer), 0, value);
      expect(bytesToHex(room.subarray(0, end))).toBe(encoded({ ...value, unknownParameters: [] }));
    }
  });

  it('is left where it stands when it is cut off anywhere', () => {
    const hex = encoded(longest);
    for (let length = 0; length < hex.length; length += 2) {
      const reader = readerOver(hex.slice(0, length));
      expect(passPoolElement(reader)).toBeUndefined();
      expect(reader.left()).toBe(length / 2);
    }
  });

  const limits: { limit: keyof DecodeLimits; least: number }[] = [
    // The element, two transports with three addresses each, the policy.
    { limit: 'parameters', least: 10 },
    { limit: 'nestingDepth', least: 3 },
    { limit: 'poolElements', least: 1 },
    { limit: 'addressesPerTransport', least: 3 },
  ];

  it.each(limits)('needs $least of the limit $limit, as in the general way', ({ limit, least }) => {
    const hex = encoded(longest);
    expect(passPoolElement(readerOver(hex, { [limit]: least }))).toEqual(longest);
    const reader = readerOver(hex, { [limit]: least - 1 });
    expect(passPoolElement(reader)).toBeUndefined();
    expect(readPoolElement(reader)).toBeUndefined();
    expect(reader.failure?.code).toBe('limit-exceeded');
    expect(reader.failure?.reason).toContain(limit);
  });

  it('counts against the limits of a message that goes on', () => {
    const hex = encoded(element);
    const reader = readerOver(hex + hex, { parameters: 7 });
    expect(readPoolElement(reader)).toEqual(element);
    expect(readPoolElement(reader)).toBeUndefined();
    expect(reader.failure?.code).toBe('limit-exceeded');
  });
});
