import { formatIpAddress, parseIpAddress } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { addressesToList, maximumRemoteAddresses, usableRemoteAddresses } from './address-lists.ts';
import { AddressScope, addressScope } from './address-scope.ts';
import { sourceAddresses } from './source-address.ts';
import { transportAddressKey } from './transport-address-key.ts';

const parse = (...texts: readonly string[]) => texts.map(parseIpAddress);
const texts = (addresses: readonly Uint8Array[]) => addresses.map(formatIpAddress);

describe('the scope of an address', () => {
  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.0.9', 'loopback'],
    ['::1', 'loopback'],
    ['169.254.1.1', 'linkLocal'],
    ['fe80::1', 'linkLocal'],
    ['febf::1', 'linkLocal'],
    ['10.1.2.3', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.1', 'private'],
    ['192.168.1.1', 'private'],
    ['fd00::1', 'private'],
    ['172.32.0.1', 'global'],
    ['192.169.1.1', 'global'],
    ['8.8.8.8', 'global'],
    ['2001:db8::1', 'global'],
    ['fec0::1', 'global'],
    ['0.0.0.0', 'none'],
    ['224.0.0.1', 'none'],
    ['255.255.255.255', 'none'],
    ['::', 'none'],
    ['ff02::1', 'none'],
    ['::ffff:10.0.0.1', 'none'],
  ] as const)('of %s is %s', (address, scope) => {
    expect(addressScope(parseIpAddress(address))).toBe(AddressScope[scope]);
  });

  test('of other lengths is none', () => {
    expect(addressScope(new Uint8Array(5))).toBe(AddressScope.none);
  });
});

describe('the addresses that are listed to a peer', () => {
  const all = parse('127.0.0.1', '169.254.0.1', '192.168.0.1', '8.8.8.8', '::1', 'fe80::1', '2001:db8::1');

  test('to a global or private one: neither loopback nor link-local addresses', () => {
    const expected = ['192.168.0.1', '8.8.8.8', '2001:db8::1'];
    expect(texts(addressesToList(all, parseIpAddress('9.9.9.9')))).toEqual(expected);
    expect(texts(addressesToList(all, parseIpAddress('10.0.0.1')))).toEqual(expected);
  });

  test('on the same link: no loopback addresses', () => {
    expect(addressesToList(all, parseIpAddress('fe80::2')).length).toBe(5);
  });

  test('on the same host: the loopback addresses; all where there are none', () => {
    expect(texts(addressesToList(all, parseIpAddress('127.0.0.1')))).toEqual(['127.0.0.1', '::1']);
    const others = parse('10.0.0.1', '9.9.9.8');
    expect(addressesToList(others, parseIpAddress('127.0.0.1'))).toEqual(others);
  });
});

describe('the addresses of a peer (RFC 9260 section 5.1.2)', () => {
  const locals = parse('10.0.0.1');

  test('are the source alone where none is listed', () => {
    expect(texts(usableRemoteAddresses([], parseIpAddress('10.0.0.2'), locals))).toEqual(['10.0.0.2']);
  });

  test('are the listed ones in their order, with the source where it is missing', () => {
    const listed = parse('10.0.1.2', '10.0.0.2', '10.0.1.2');
    expect(texts(usableRemoteAddresses(listed, parseIpAddress('10.0.0.2'), locals))).toEqual([
      '10.0.1.2',
      '10.0.0.2',
    ]);
    expect(texts(usableRemoteAddresses(listed, parseIpAddress('10.0.2.2'), locals))).toEqual([
      '10.0.2.2',
      '10.0.1.2',
      '10.0.0.2',
    ]);
  });

  test('never are those of another family, of this host, of a link, or of a group', () => {
    const listed = parse('2001:db8::1', '127.0.0.1', '169.254.0.1', '224.0.0.1', '0.0.0.0');
    expect(texts(usableRemoteAddresses(listed, parseIpAddress('10.0.0.2'), locals))).toEqual(['10.0.0.2']);
  });

  test('are not more than can be used', () => {
    const listed = Array.from({ length: 100 }, (_, index) => new Uint8Array([10, 0, 1, index]));
    const usable = usableRemoteAddresses(listed, parseIpAddress('10.0.0.2'), locals);
    expect(usable.length).toBe(maximumRemoteAddresses);
    expect(texts(usable)[0]).toBe('10.0.0.2');
  });
});

describe('the local address of a path', () => {
  const pairs = (remotes: readonly string[], locals: readonly string[]) =>
    sourceAddresses(parse(...remotes), parse(...locals)).map((source) =>
      source === undefined ? 'none' : formatIpAddress(source),
    );

  test('is in the same network, in whatever order addresses are listed', () => {
    const locals = ['10.0.0.1', '10.0.1.1', '2001:db8:0:1::1', '2001:db8:0:2::1'];
    const remotes = ['10.0.1.2', '2001:db8:0:2::2', '10.0.0.2', '2001:db8:0:1::2'];
    expect(pairs(remotes, locals)).toEqual(['10.0.1.1', '2001:db8:0:2::1', '10.0.0.1', '2001:db8:0:1::1']);
  });

  test('is dealt out where several fit, so that each remote address has its own', () => {
    expect(pairs(['127.0.0.3', '127.0.0.4', '127.0.0.5'], ['127.0.0.1', '127.0.0.2'])).toEqual([
      '127.0.0.1',
      '127.0.0.2',
      '127.0.0.1',
    ]);
    expect(pairs(['8.8.8.8', '::1', '9.9.9.9'], ['10.0.0.1', '::1', '10.0.1.1'])).toEqual([
      '10.0.0.1',
      '::1',
      '10.0.1.1',
    ]);
  });

  test('is of the same scope where there is one, and of the same family in any case', () => {
    expect(pairs(['127.0.0.9', '10.5.0.1'], ['10.0.0.1', '127.0.1.1'])).toEqual(['127.0.1.1', '10.0.0.1']);
    expect(pairs(['8.8.8.8', '2001:db8::1'], ['10.0.0.1'])).toEqual(['10.0.0.1', 'none']);
  });
});

describe('the key of a transport address', () => {
  test('is different for different addresses and ports', () => {
    const addresses = parse('0.0.0.1', '255.255.255.255', '10.0.0.1', '10.0.0.2', '::1', '::2');
    const keys = addresses.flatMap((address) =>
      [0, 1, 65_535].map((port) => transportAddressKey(address, port)),
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(transportAddressKey(parseIpAddress('10.0.0.1'), 7)).toBe(
      transportAddressKey(parseIpAddress('10.0.0.1'), 7),
    );
  });
});
