import { bytesToHex, hexToBytes } from '@rserpool/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCalcAppCookie, encodeCalcAppCookie } from './calc-app-cookie.ts';
import {
  type CalcAppPacket,
  CalcAppPacketType,
  decodeCalcAppPacket,
  encodeCalcAppPacket,
} from './calc-app-packet.ts';

const uint32 = fc.integer({ min: 0, max: 0xffffffff });
const amount = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const types = Object.keys(CalcAppPacketType) as CalcAppPacket['type'][];

describe('the packets of the CalcApp protocol', () => {
  it.each<[string, CalcAppPacket]>([
    [
      '010000180000000100000000000ffccf0000000000000000',
      { type: 'request', jobIdentifier: 1, jobSize: 1_047_759, completed: 0 },
    ],
    [
      '020000180000000100000000000000000000000000000000',
      { type: 'accept', jobIdentifier: 1, jobSize: 0, completed: 0 },
    ],
    [
      '030000180000000200000000000000000000000000000000',
      { type: 'reject', jobIdentifier: 2, jobSize: 0, completed: 0 },
    ],
    [
      '040000180000000200000000000000000000000000000000',
      { type: 'abort', jobIdentifier: 2, jobSize: 0, completed: 0 },
    ],
    [
      '050000180000000100000000000ffccf00000000000ffccf',
      { type: 'complete', jobIdentifier: 1, jobSize: 1_047_759, completed: 1_047_759 },
    ],
    [
      '060000180000000300000000000000000000000000000000',
      { type: 'keepAlive', jobIdentifier: 3, jobSize: 0, completed: 0 },
    ],
    [
      '070000180000000300000000000000000000000000000000',
      { type: 'keepAliveAck', jobIdentifier: 3, jobSize: 0, completed: 0 },
    ],
  ])('are read and written as the reference has them: %s', (hex, packet) => {
    expect(decodeCalcAppPacket(hexToBytes(hex))).toEqual(packet);
    expect(bytesToHex(encodeCalcAppPacket(packet))).toBe(hex);
  });

  it('come back as they were sent, whatever the numbers', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        uint32,
        amount,
        amount,
        (type, jobIdentifier, jobSize, completed) => {
          const packet: CalcAppPacket = { type, jobIdentifier, jobSize, completed };
          expect(decodeCalcAppPacket(encodeCalcAppPacket(packet))).toEqual(packet);
        },
      ),
    );
  });

  it('have rounded amounts', () => {
    const packet = { type: 'complete', jobIdentifier: 1, jobSize: 10.4, completed: 10.6 } as const;
    expect(decodeCalcAppPacket(encodeCalcAppPacket(packet))).toMatchObject({ jobSize: 10, completed: 11 });
  });

  it.each([-1, NaN, Infinity, 2 ** 53])('cannot be written with an amount of %d', (jobSize) => {
    const packet = { type: 'request', jobIdentifier: 1, jobSize, completed: 0 } as const;
    expect(() => encodeCalcAppPacket(packet)).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
  });

  it.each([
    ['nothing', ''],
    ['a header alone', '01000004'],
    ['a length that is not the message’s', '010000190000000100000000000ffccf0000000000000000'],
    ['a byte too many', '010000190000000100000000000ffccf000000000000000000'],
    ['an unknown type', '080000180000000100000000000ffccf0000000000000000'],
    ['more calculations than can be counted', '0100001800000001ffffffffffffffff0000000000000000'],
  ])('are none where the bytes are: %s', (_, hex) => {
    expect(decodeCalcAppPacket(hexToBytes(hex))).toBeUndefined();
  });

  it('are read from any bytes without an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const packet = decodeCalcAppPacket(bytes);
        if (packet !== undefined) expect(encodeCalcAppPacket(packet)).toHaveLength(bytes.length);
        expect(decodeCalcAppCookie(bytes)?.completed ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the cookie of the CalcApp service', () => {
  const sent = '0000000100000000000ffccf000000000007a202';

  it('is byte for byte the one that the reference sent', () => {
    const state = { jobIdentifier: 1, jobSize: 1_047_759, completed: 500_226 };
    expect(decodeCalcAppCookie(hexToBytes(sent))).toEqual(state);
    expect(bytesToHex(encodeCalcAppCookie(state))).toBe(sent);
  });

  it.each([
    ['nothing', ''],
    ['cut short', sent.slice(2)],
    ['a byte too many', `${sent}00`],
    ['more done than there is', '00000001000000000000000a000000000000000b'],
  ])('is none where the bytes are: %s', (_, hex) => {
    expect(decodeCalcAppCookie(hexToBytes(hex))).toBeUndefined();
  });
});
