import { parseIpAddress } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { addressScope, reaches } from './address-scope.ts';

describe('the scope of an address', () => {
  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['169.254.1.1', 'link'],
    ['fe80::1', 'link'],
    ['febf::1', 'link'],
    ['10.0.0.1', 'site'],
    ['172.16.0.1', 'site'],
    ['172.31.255.255', 'site'],
    ['192.168.1.1', 'site'],
    ['100.64.0.1', 'site'],
    ['fd00::1', 'site'],
    ['fec0::1', 'site'],
    ['::ffff:10.1.2.3', 'site'],
    ['172.32.0.1', 'global'],
    ['172.15.0.1', 'global'],
    ['100.128.0.1', 'global'],
    ['192.0.2.1', 'global'],
    ['240.0.0.1', 'global'],
    ['2001:db8::1', 'global'],
    ['::2:0:1', 'global'],
    ['0.0.0.0', undefined],
    ['224.0.1.185', undefined],
    ['239.255.0.1', undefined],
    ['255.255.255.255', undefined],
    ['::', undefined],
    ['ff02::1', undefined],
    ['::ffff:224.0.0.1', undefined],
  ])('of %s is %s', (text, scope) => {
    expect(addressScope(parseIpAddress(text))).toBe(scope);
  });

  test('each scope reaches as far as those below it, and nobody has an address without one', () => {
    const scopes = ['loopback', 'link', 'site', 'global'] as const;
    const reachesAtLeast = (text: string): string[] =>
      scopes.filter((least) => reaches(parseIpAddress(text), least));
    expect(reachesAtLeast('::1')).toEqual(['loopback']);
    expect(reachesAtLeast('fe80::1')).toEqual(['loopback', 'link']);
    expect(reachesAtLeast('10.0.0.1')).toEqual(['loopback', 'link', 'site']);
    expect(reachesAtLeast('192.0.2.1')).toEqual([...scopes]);
    expect(reachesAtLeast('224.0.0.1')).toEqual([]);
  });
});
