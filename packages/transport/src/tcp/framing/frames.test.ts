import { bytesToHex, hexToBytes, parseIpAddress } from '@rserpool/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeControlFrame, encodeFrameHeader, FrameType } from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import { decodeHello, encodeHello, type Hello, maximumHelloLength } from './hello.ts';

const cut = (bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] => {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (let index = 0; at < bytes.length; index += 1) {
    const size = sizes.length === 0 ? bytes.length : (sizes[index % sizes.length] ?? 1);
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
};

describe('frames', () => {
  it('have the bytes that FRAMES.md shows', () => {
    const header = {
      length: 3,
      type: FrameType.data,
      flags: 1,
      stream: 5,
      payloadProtocolIdentifier: 0xfffffff0,
    };
    expect(bytesToHex(encodeFrameHeader(header, Uint8Array.of(1, 2, 3)))).toBe(
      '000000030201' + '0005fffffff0' + '010203',
    );
    expect(bytesToHex(encodeControlFrame(FrameType.shutdown))).toBe('000000000500000000000000');
  });

  it('are the same however the stream is cut', () => {
    const frame = fc.record({
      type: fc.nat(255),
      flags: fc.nat(255),
      stream: fc.nat(65_535),
      payloadProtocolIdentifier: fc.nat(0xffffffff),
      body: fc.uint8Array({ maxLength: 300 }),
    });
    fc.assert(
      fc.property(fc.array(frame), fc.array(fc.integer({ min: 1, max: 400 })), (frames, sizes) => {
        const bytes = frames.flatMap(({ body, ...header }) => [
          ...encodeFrameHeader({ ...header, length: body.length }, body),
        ]);
        const reader = new FrameReader(() => 300);
        const read: unknown[] = [];
        for (const piece of cut(Uint8Array.from(bytes), sizes)) {
          reader.append(piece);
          for (let next = reader.next(); next !== undefined; next = reader.next()) {
            if (next !== 'too-long') read.push({ ...next.header, body: next.body });
          }
        }
        expect(read).toEqual(frames.map((each) => ({ ...each, length: each.body.length })));
      }),
    );
  });

  it('that are too long are known by their header alone', () => {
    const reader = new FrameReader((type) => (type === FrameType.data ? 10 : 0));
    reader.append(hexToBytes('0000000b0200000000000000'));
    expect(reader.next()).toBe('too-long');
  });
});

describe('HELLO', () => {
  const address = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
  );
  const hello: fc.Arbitrary<Hello> = fc.record({
    version: fc.constant(1),
    port: fc.nat(65_535),
    heartbeatIntervalMs: fc.nat(0xffffffff),
    addresses: fc.array(address, { maxLength: 32 }),
  });

  it('comes back as it was, and within its limit', () => {
    fc.assert(
      fc.property(hello, (value) => {
        const bytes = encodeHello(value);
        expect(bytes.length).toBeLessThanOrEqual(maximumHelloLength);
        expect(decodeHello(bytes)).toEqual(value);
      }),
    );
  });

  it('has the bytes that FRAMES.md shows', () => {
    const bytes = encodeHello({
      version: 1,
      port: 3863,
      heartbeatIntervalMs: 5000,
      addresses: [parseIpAddress('192.0.2.1')],
    });
    expect(bytesToHex(bytes)).toBe('52536572506f6f6c' + '0001' + '0f17' + '00001388' + '0001' + '04c0000201');
  });

  it('is refused when it is cut, of another version, or none', () => {
    fc.assert(
      fc.property(hello, fc.nat(), (value, at) => {
        const bytes = encodeHello(value);
        expect(decodeHello(bytes.subarray(0, at % bytes.length))).toBe(undefined);
      }),
    );
    const base: Hello = { version: 2, port: 1, heartbeatIntervalMs: 1, addresses: [] };
    expect(decodeHello(encodeHello(base))).toBe(undefined);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeHello(bytes)).toBe(undefined);
      }),
    );
  });

  it('leaves room for later versions after the addresses', () => {
    const value: Hello = { version: 1, port: 1, heartbeatIntervalMs: 1, addresses: [] };
    expect(decodeHello(Uint8Array.from([...encodeHello(value), 1, 2, 3]))).toEqual(value);
  });
});
