import { parseIpAddress } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { addressOfParameter, isUnicastAddress } from './address.ts';

describe('addresses in parameters (RFC 9260 section 3.3.2.1)', () => {
  it.each([
    ['192.0.2.1', true],
    ['127.0.0.1', true],
    ['10.0.0.1', true],
    ['223.255.255.255', true],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['2001:db8::1', true],
    ['::1', true],
    ['fe80::1', true],
    ['64:ff9b::c000:201', true],
    ['::', false],
    ['ff02::1', false],
    ['::ffff:192.0.2.1', false],
  ])('%s may be an endpoint: %s', (text, unicast) => {
    expect(isUnicastAddress(parseIpAddress(text))).toBe(unicast);
  });

  it.each([
    { type: 5, length: 4, is: true },
    { type: 5, length: 16, is: false },
    { type: 6, length: 16, is: true },
    { type: 6, length: 4, is: false },
    { type: 11, length: 4, is: false },
  ])('of type $type with $length bytes: $is', ({ type, length, is }) => {
    expect(addressOfParameter(type, new Uint8Array(length))?.length).toBe(is ? length : undefined);
  });
});
