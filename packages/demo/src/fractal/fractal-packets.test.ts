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

  it('have the layout of the reference', () => {
    const data = encodeFractalPacket({ type: 'data', startX: 1, startY: 2, points: Uint32Array.of(5) });
    expect([...data]).toEqual([2, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 5]);
    const end = encodeFractalPacket({ type: 'end' });
    expect([...end]).toEqual([2, 0, 0, 16, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0]);
  });

  it.each([
    ['nothing', []],
    ['a header alone', [2, 0, 0, 4]],
    ['a length that is not the message’s', [2, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['fewer points than announced', [2, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]],
    ['no points and no end mark', [2, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['an unknown type', [9, 0, 0, 4]],
  ])('are refused where the bytes are none: %s', (_, bytes) => {
    expect(decodeFractalPacket(Uint8Array.from(bytes))).toBeUndefined();
  });
});

describe('the state cookie of the fractal service', () => {
  const state = { parameter: seahorseValley, currentX: 12, currentY: 34 };

  it('gives back the state', () => {
    expect(decodeFractalCookie(encodeFractalCookie(state))).toEqual(state);
  });

  it('begins with the mark of the reference', () => {
    expect(new TextDecoder().decode(encodeFractalCookie(state).subarray(0, 8))).toBe('<FG-TD1>');
  });

  it('is refused where it is short, foreign or points outside the picture', () => {
    const cookie = encodeFractalCookie(state);
    expect(decodeFractalCookie(cookie.subarray(1))).toBeUndefined();
    expect(decodeFractalCookie(cookie.map((byte, index) => (index === 0 ? byte + 1 : byte)))).toBeUndefined();
    expect(decodeFractalCookie(encodeFractalCookie({ ...state, currentY: 5000 }))).toBeUndefined();
  });
});
