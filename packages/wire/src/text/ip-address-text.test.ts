import fc from 'fast-check';
import { isIPv4, isIPv6, SocketAddress } from 'node:net';
import { describe, expect, it } from 'vitest';
import { anyAddress } from '../testing/arbitrary.fixture.ts';
import { bytesToHex } from './hex.ts';
import { formatIpAddress, parseIpAddress } from './ip-address-text.ts';

describe('text of an IP address (RFC 4291 section 2.2, RFC 5952)', () => {
  const table = [
    { text: '0.0.0.0', hex: '00000000', canonical: '0.0.0.0' },
    { text: '192.0.2.255', hex: 'c00002ff', canonical: '192.0.2.255' },
    { text: '::', hex: '00000000000000000000000000000000', canonical: '::' },
    { text: '::1', hex: '00000000000000000000000000000001', canonical: '::1' },
    { text: '1::', hex: '00010000000000000000000000000000', canonical: '1::' },
    { text: '2001:DB8:0:0:0:0:2:1', hex: '20010db8000000000000000000020001', canonical: '2001:db8::2:1' },
    // RFC 5952 section 4.2.2: one group of zeros is not shortened.
    {
      text: '2001:db8::1:1:1:1:1',
      hex: '20010db8000000010001000100010001',
      canonical: '2001:db8:0:1:1:1:1:1',
    },
    // RFC 5952 section 4.2.3: the longest run is shortened, of equal ones the first.
    { text: '2001:0:0:1:0:0:0:1', hex: '20010000000000010000000000000001', canonical: '2001:0:0:1::1' },
    { text: '2001:db8:0:0:1:0:0:1', hex: '20010db8000000000001000000000001', canonical: '2001:db8::1:0:0:1' },
    { text: '0:0:1:0:0:0:0:0', hex: '00000000000100000000000000000000', canonical: '0:0:1::' },
    { text: '::ffff:192.0.2.1', hex: '00000000000000000000ffffc0000201', canonical: '::ffff:192.0.2.1' },
    { text: '::ffff:c000:201', hex: '00000000000000000000ffffc0000201', canonical: '::ffff:192.0.2.1' },
    { text: '64:ff9b::192.0.2.33', hex: '0064ff9b0000000000000000c0000221', canonical: '64:ff9b::c000:221' },
    {
      text: '1:2:3:4:5:6:1.2.3.4',
      hex: '00010002000300040005000601020304',
      canonical: '1:2:3:4:5:6:102:304',
    },
    { text: 'fe80::00ab', hex: 'fe8000000000000000000000000000ab', canonical: 'fe80::ab' },
    { text: '1:2:3:4:5:6:7::', hex: '00010002000300040005000600070000', canonical: '1:2:3:4:5:6:7:0' },
  ];

  it.each(table)('$text is read, and written as $canonical', ({ text, hex, canonical }) => {
    const address = parseIpAddress(text);
    expect(bytesToHex(address)).toBe(hex);
    expect(formatIpAddress(address)).toBe(canonical);
  });

  it.each([
    '',
    ' ',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '1.2.3.04',
    '1.2.3.',
    '1.2.3.4 ',
    '1.2.3.+4',
    '1.2.3.1e1',
    '0x1.2.3.4',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '::1:2:3:4:5:6:7:8',
    '12345::',
    'g::',
    '1:2:3:4:5:6:7:1.2.3.4',
    '::1.2.3',
    '1.2.3.4::',
    '::1.2.3.4:5',
    'fe80::1%eth0',
    '[::1]',
    '::1/64',
    ':1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7:8:',
  ])('%j is refused', (text) => {
    expect(() => parseIpAddress(text)).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
  });

  it('of any address is read back, and is what the platform takes for the same address', () => {
    const sparse = fc
      .array(fc.constantFrom(0, 0, 0, 1, 0xffff), { minLength: 8, maxLength: 8 })
      .map((groups) => Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff])));
    const property = fc.property(fc.oneof(anyAddress, sparse), (address) => {
      const text = formatIpAddress(address);
      expect(parseIpAddress(text)).toEqual(address);
      expect(address.length === 4 ? isIPv4(text) : isIPv6(text)).toBe(true);
      const platform = new SocketAddress({ address: text, family: address.length === 4 ? 'ipv4' : 'ipv6' });
      expect(parseIpAddress(platform.address)).toEqual(address);
    });
    fc.assert(property, { seed: 5952, numRuns: 2000 });
  });

  it('agrees with the platform on what an address is', () => {
    const pieces = fc.array(fc.constantFrom('0', '1', 'f', 'ff', ':', '::', '.', '1.2.3.4', '255', 'g'), {
      maxLength: 16,
    });
    const property = fc.property(pieces, (list) => {
      const text = list.join('');
      let isAddress = true;
      try {
        parseIpAddress(text);
      } catch {
        isAddress = false;
      }
      expect(isAddress).toBe(isIPv4(text) || isIPv6(text));
    });
    fc.assert(property, { seed: 4291, numRuns: 20_000 });
  });

  it('needs 4 or 16 bytes', () => {
    expect(() => formatIpAddress(new Uint8Array(5))).toThrow('this one has 5');
  });
});
