import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodedPoolElementLength, encodedPoolHandleLength } from './encoded-length.ts';
import { encodeAsapMessage } from './encode.ts';
import {
  encodePolicyParameter,
  encodePoolElementParameter,
  encodeTransportParameter,
} from './encode-parameter.ts';
import { anyElement, anyPolicy, anyTransport } from './testing/arbitrary.fixture.ts';
import { captures } from './testing/captures.fixture.ts';
import { expectSound, protocols } from './testing/protocols.fixture.ts';
import { bytesToHex, hexToBytes } from './text/hex.ts';

const seed = 5354;
const corpus = captures.map(({ hex }) => hexToBytes(hex));

describe.each(protocols)('any $name message', (protocol) => {
  it('is decoded as it was encoded', () => {
    const property = fc.property(protocol.messages, (message) => {
      const result = protocol.decode(protocol.encode(message));
      expect(result).toMatchObject({ ok: true });
      expect(result.ok && result.message).toEqual(message);
    });
    fc.assert(property, { seed, numRuns: 2000 });
  });

  it('gives one report for each skipped parameter that wants one', () => {
    const property = fc.property(protocol.messages, (message) => {
      const encoded = protocol.encode(message);
      const result = protocol.decode(encoded);
      const wanted = [...JSON.stringify(message).matchAll(/"type":(\d+),"value"/g)].filter(
        ([, type]) => (Number(type) & 0x4000) !== 0,
      );
      expect(result.ok && result.reports.length).toBe(Math.min(wanted.length, 16));
    });
    fc.assert(property, { seed, numRuns: 500 });
  });

  it('that is cut off anywhere is refused as truncated, up to its padding', () => {
    const property = fc.property(protocol.messages, (message) => {
      const encoded = protocol.encode(message);
      const length = ((encoded[2] as number) << 8) | (encoded[3] as number);
      for (let size = 0; size < length; size++) {
        expect(protocol.decode(encoded.subarray(0, size))).toMatchObject({
          ok: false,
          error: { code: 'truncated' },
        });
      }
      for (let size = length; size <= encoded.length; size++) {
        expect(protocol.decode(encoded.subarray(0, size))).toMatchObject({ ok: true, message });
      }
    });
    fc.assert(property, { seed, numRuns: 200 });
  });

  it('whose length field is cut as well is sound at every length', () => {
    const property = fc.property(protocol.messages, (message) => {
      const encoded = protocol.encode(message);
      for (let size = 4; size < encoded.length; size++) {
        const cut = encoded.slice(0, size);
        cut[2] = size >> 8;
        cut[3] = size & 0xff;
        expectSound(protocol, cut);
      }
    });
    fc.assert(property, { seed, numRuns: 60 });
  });

  it('that has been changed in places is sound', () => {
    const changes = fc.array(fc.record({ at: fc.nat(), value: fc.integer({ min: 0, max: 255 }) }), {
      minLength: 1,
      maxLength: 4,
    });
    const property = fc.property(protocol.messages, changes, (message, list) => {
      const encoded = protocol.encode(message);
      for (const { at, value } of list) encoded[at % encoded.length] = value;
      expectSound(protocol, encoded);
    });
    fc.assert(property, { seed, numRuns: 4000 });
  });

  it('is found in arbitrary bytes without an exception', () => {
    const framed = fc.uint8Array({ minLength: 4, maxLength: 80 }).map((bytes) => {
      bytes[0] = (bytes[0] as number) & 0x0f;
      bytes[2] = 0;
      bytes[3] = bytes.length;
      return bytes;
    });
    const property = fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), framed), (bytes) => {
      expectSound(protocol, bytes);
    });
    fc.assert(property, { seed, numRuns: 4000 });
  });

  it('is looked for in the captured messages, each with every byte changed', () => {
    for (const original of corpus) {
      for (let at = 0; at < Math.min(original.length, 80); at++) {
        const changed = original.slice();
        changed[at] = (changed[at] as number) ^ 0x81;
        expectSound(protocol, changed);
      }
    }
  });
});

describe('the length of a parameter in a message', () => {
  it('is told for pool elements without encoding them', () => {
    const property = fc.property(anyElement, (element) => {
      const { length } = encodePoolElementParameter(element);
      expect(encodedPoolElementLength(element)).toBe((length + 3) & ~3);
    });
    fc.assert(property, { seed, numRuns: 1000 });
  });

  it('is told for pool handles', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 40 }), (poolHandle) => {
      const { length } = encodeAsapMessage({ type: 'ASAP_HANDLE_RESOLUTION', subscribe: false, poolHandle });
      expect(encodedPoolHandleLength(poolHandle)).toBe(length - 4);
    });
    fc.assert(property, { seed });
  });
});

describe('a parameter that is encoded alone', () => {
  it('is the one that stands in a pool element', () => {
    const property = fc.property(anyElement, anyTransport, anyPolicy, (any, userTransport, policy) => {
      const element = { ...any, userTransport, policy, unknownParameters: [] };
      const whole = bytesToHex(encodePoolElementParameter(element));
      expect(whole).toContain(bytesToHex(encodeTransportParameter(userTransport)));
      expect(whole).toContain(bytesToHex(encodePolicyParameter(policy)));
    });
    fc.assert(property, { seed, numRuns: 500 });
  });
});
