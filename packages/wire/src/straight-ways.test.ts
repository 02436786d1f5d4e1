import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAsapMessage, decodeEnrpMessage } from './decode.ts';
import { captures } from './testing/captures.fixture.ts';
import { protocols } from './testing/protocols.fixture.ts';
import { bytesToHex, hexToBytes } from './text/hex.ts';

const seed = 5352;
const corpus = captures.map(({ hex }) => hexToBytes(hex));

/** Naming limits, even none, takes the general way; so does a list of unrecognized parameters, even an empty one. */
function generally(name: string, bytes: Uint8Array): unknown {
  return name === 'ASAP' ? decodeAsapMessage(bytes, {}) : decodeEnrpMessage(bytes, {});
}

describe.each(protocols)('the straight way with $name messages', (protocol) => {
  it('decodes as the general way does, whatever the input', () => {
    const changes = fc.array(fc.record({ at: fc.nat(), value: fc.integer({ min: 0, max: 255 }) }), {
      maxLength: 3,
    });
    const property = fc.property(protocol.messages, changes, fc.nat(8), (message, list, cut) => {
      const encoded = protocol.encode(message);
      for (const { at, value } of list) encoded[at % encoded.length] = value;
      const bytes = encoded.subarray(0, encoded.length - (cut > 3 ? 0 : cut));
      expect(protocol.decode(bytes)).toEqual(generally(protocol.name, bytes));
    });
    fc.assert(property, { seed, numRuns: 6000 });
  });

  it('decodes captured messages as the general way does, each with every byte changed', () => {
    for (const original of corpus) {
      for (let at = 0; at < Math.min(original.length, 64); at++) {
        const changed = original.slice();
        changed[at] = (changed[at] as number) ^ 0x05;
        expect(protocol.decode(changed)).toEqual(generally(protocol.name, changed));
      }
    }
  });

  it('encodes as the general way does', () => {
    const property = fc.property(protocol.messages, (message) => {
      const general = protocol.encode({ unknownParameters: [], ...message });
      expect(bytesToHex(protocol.encode(message))).toBe(bytesToHex(general));
    });
    fc.assert(property, { seed, numRuns: 2000 });
  });
});

describe('a short message', () => {
  const ack = hexToBytes('08000014 00090006 68690000 000e0008 80000001');

  it('is decoded with views of the input', () => {
    const result = decodeAsapMessage(ack);
    expect(result).toEqual({
      ok: true,
      message: {
        type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK',
        poolHandle: hexToBytes('6869'),
        poolElementIdentifier: 0x8000_0001,
      },
      reports: [],
    });
    const handle = result.ok && 'poolHandle' in result.message ? result.message.poolHandle : undefined;
    expect(handle?.buffer).toBe(ack.buffer);
    expect(handle?.byteOffset).toBe(8);
  });

  it('gives plain arrays where the input is a subclass of them, and stands in the middle of a buffer', () => {
    const buffer = Buffer.concat([Buffer.from([1, 2, 3]), ack]).subarray(3);
    const result = decodeAsapMessage(buffer);
    expect(result).toEqual(decodeAsapMessage(ack));
    const handle = result.ok && 'poolHandle' in result.message ? result.message.poolHandle : undefined;
    expect(handle?.constructor).toBe(Uint8Array);
    expect(handle?.buffer).toBe(buffer.buffer);
  });
});
