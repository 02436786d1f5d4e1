import { bytesToHex, hexToBytes } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { decodeFractalCookie, encodeFractalCookie } from './fractal-cookie.ts';
import { decodeFractalPacket, encodeFractalPacket, type FractalPacket } from './fractal-packets.ts';
import { seahorseValley } from './fractal-parameter.ts';

describe('the packets of the FractalGenerator protocol', () => {
  const packets: FractalPacket[] = [
    { type: 'parameter', parameter: seahorseValley },
    { type: 'data', startX: 3, startY: 7, points: Uint32Array.of(1, 1000, 0xffffffff) },
    { type: 'end' },
  ];

  it.each(packets)('come back as they were sent: $type', (packet) => {
    expect(decodeFractalPacket(encodeFractalPacket(packet))).toEqual(packet);
  });

  it('are read and written as the reference sent them', () => {
    const sent =
      '0100003c000000c80000004a000003e800000002' +
      'bfb82b6238f3bf943ff09bbfa3bb9becbfb82b61ed6978403ff09bbfa03120944030000000000000';
    const packet = decodeFractalPacket(hexToBytes(sent));
    expect(packet).toMatchObject({
      type: 'parameter',
      parameter: { width: 200, height: 74, maxIterations: 1000, algorithm: 2, n: 16 },
    });
    expect(packet?.type === 'parameter' && packet.parameter.c1real).toBeCloseTo(-0.094412, 6);
    expect(packet?.type === 'parameter' && packet.parameter.c2imag).toBeCloseTo(1.038025, 6);
    expect(packet && bytesToHex(encodeFractalPacket(packet))).toBe(sent);
    expect(decodeFractalPacket(hexToBytes('02000010ffffffffffffffff00000000'))).toEqual({ type: 'end' });
  });

  it('have the layout of the reference', () => {
    const data = encodeFractalPacket({ type: 'data', startX: 1, startY: 2, points: Uint32Array.of(5) });
    expect([...data]).toEqual([2, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 5]);
    const end = encodeFractalPacket({ type: 'end' });
    expect([...end]).toEqual([2, 0, 0, 16, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0]);
  });

  it('may hold no points, as the reference sent them between others', () => {
    const packet = decodeFractalPacket(hexToBytes('02000010000000000000000000000000'));
    expect(packet).toEqual({ type: 'data', startX: 0, startY: 0, points: new Uint32Array(0) });
  });

  it.each([
    ['nothing', []],
    ['a header alone', [2, 0, 0, 4]],
    ['a length that is not the message’s', [2, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['fewer points than announced', [2, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]],
    ['an unknown type', [9, 0, 0, 4]],
    ['a picture that is cut short', [1, 0, 0, 8, 0, 0, 0, 1]],
    [
      'more points than a packet holds',
      [2, 0, 5, 36, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 69, ...Array.from({ length: 1300 }, () => 0)],
    ],
  ])('are refused where the bytes are none: %s', (_, bytes) => {
    expect(decodeFractalPacket(Uint8Array.from(bytes))).toBeUndefined();
  });
});

describe('the state cookie of the fractal service', () => {
  const state = { parameter: seahorseValley, currentX: 12, currentY: 34 };

  it('gives back the state', () => {
    expect(decodeFractalCookie(encodeFractalCookie(state))).toEqual(state);
  });

  it('is byte for byte the one that the reference sent', () => {
    const sent =
      '3c46472d5444313e01000004000000c80000004a000003e800000002' +
      'bfb82b6238f3bf943ff09bbfa3bb9becbfb82b61ed6978403ff09bbfa031209440300000000000000000007700000030';
    const read = decodeFractalCookie(hexToBytes(sent));
    expect(read).toMatchObject({ parameter: { width: 200, height: 74 }, currentX: 0x77, currentY: 0x30 });
    expect(read && bytesToHex(encodeFractalCookie(read))).toBe(sent);
  });

  it('is refused where it is short, foreign or points outside the picture', () => {
    const cookie = encodeFractalCookie(state);
    expect(decodeFractalCookie(cookie.subarray(1))).toBeUndefined();
    expect(decodeFractalCookie(cookie.map((byte, index) => (index === 0 ? byte + 1 : byte)))).toBeUndefined();
    expect(decodeFractalCookie(encodeFractalCookie({ ...state, currentY: 5000 }))).toBeUndefined();
  });
});
