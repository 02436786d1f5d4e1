import { formatIpAddress } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { formatIdentifier, parseIdentifier } from './identifier.ts';
import { remoteEndpoint, remoteEndpoints } from './remote-endpoint.ts';

const parse = (text: string): string => {
  const { addresses, port } = remoteEndpoint(3863)(text);
  return `${addresses.map(formatIpAddress).join()} ${port}`;
};

describe('an endpoint on the command line', () => {
  it.each([
    ['127.0.0.1:4000', '127.0.0.1 4000'],
    ['127.0.0.1', '127.0.0.1 3863'],
    ['[::1]:4000', '::1 4000'],
    ['[::1]', '::1 3863'],
    ['::1', '::1 3863'],
  ])('may be %s', (text, expected) => {
    expect(parse(text)).toBe(expected);
  });

  it.each([
    '',
    'localhost',
    '127.0.0.1:',
    '127.0.0.1:65536',
    '127.0.0.1:0',
    '127.0.0.1:-1',
    '127.0.0.1:x',
    '[::1]:',
    '1.2.3:5',
  ])('may not be "%s"', (text) => {
    expect(() => parse(text)).toThrow(/Allowed is ADDRESS:PORT/u);
  });

  it('may have the port 0 where it is an own one: any free port', () => {
    expect(remoteEndpoint(3863, 0)('127.0.0.1:0').port).toBe(0);
  });

  it('may be given several times', () => {
    const collect = remoteEndpoints(3863);
    expect(collect('127.0.0.2:2', collect('127.0.0.1:1', undefined)).map(({ port }) => port)).toEqual([1, 2]);
  });
});

describe('an identifier on the command line', () => {
  it('may be hexadecimal or decimal', () => {
    expect(parseIdentifier('0xFFFFFFFF')).toBe(0xffffffff);
    expect(parseIdentifier('17')).toBe(17);
    expect(formatIdentifier(17)).toBe('0x00000011');
  });

  it.each(['0', '0x0', '0x100000000', '4294967296', '-1', '1.5', 'abc', ''])('may not be "%s"', (text) => {
    expect(() => parseIdentifier(text)).toThrow(/allowed is/u);
  });
});
