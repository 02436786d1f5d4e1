import { decodeUtf8 } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { decodeChargenCookie, encodeChargenCookie } from './chargen-cookie.ts';
import { chargenLine } from './chargen-line.ts';
import { formatDaytime } from './daytime.ts';

describe('the text of the services', () => {
  it('tells the time as the reference does', () => {
    const time = { year: 2026, month: 11, day: 21, weekday: 6 };
    const clock = { hour: 7, minute: 56, second: 8, microsecond: 9659 };
    expect(formatDaytime({ ...time, ...clock })).toBe('Saturday, 21-November-2026 07:56:08.009659\n');
  });

  it('generates the lines of RFC 864', () => {
    const first = ` !"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_\`abcdefg\r\n`;
    expect(decodeUtf8(chargenLine(0))).toBe(first);
    expect(decodeUtf8(chargenLine(1))).toBe(`${first.slice(1, -2)}h\r\n`);
    expect(chargenLine(95)).toEqual(chargenLine(0));
  });

  it('goes on with the line that the cookie says', () => {
    expect(decodeChargenCookie(encodeChargenCookie(128))).toBe(128);
    expect(decodeChargenCookie(encodeChargenCookie(128).subarray(1))).toBeUndefined();
    expect(decodeChargenCookie(new Uint8Array(16))).toBeUndefined();
  });
});
