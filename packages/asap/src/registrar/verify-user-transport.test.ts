import { parseIpAddress, type UserTransport } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { refusedAddresses, verifyUserTransport } from './verify-user-transport.ts';

function sctp(...addresses: string[]): UserTransport {
  return { protocol: 'sctp', port: 7, transportUse: 0, addresses: addresses.map(parseIpAddress) };
}

function tcp(address: string): UserTransport {
  return { protocol: 'tcp', port: 7, address: parseIpAddress(address) };
}

const remote = { addresses: ['127.0.0.1', '10.0.0.1', '192.0.2.1'].map(parseIpAddress), port: 4000 };

describe('RFC 5352 section 2.2.1: which addresses of an element are taken', () => {
  test('with a scope: those of the association that reach as far', () => {
    const all = sctp('127.0.0.1', '10.0.0.1', '192.0.2.1', '192.0.2.2');
    const taken = (minimumScope: 'loopback' | 'site' | 'global'): unknown =>
      verifyUserTransport(all, { remote, minimumScope });
    expect(taken('loopback')).toEqual(sctp('127.0.0.1', '10.0.0.1', '192.0.2.1'));
    expect(taken('site')).toEqual(sctp('10.0.0.1', '192.0.2.1'));
    expect(taken('global')).toEqual(sctp('192.0.2.1'));
    expect(refusedAddresses(all, { remote, minimumScope: 'site' })).toEqual(
      ['127.0.0.1', '192.0.2.2'].map(parseIpAddress),
    );
  });

  test('without verification: those that reach as far, but never one that nobody has', () => {
    const rule = { remote: undefined, minimumScope: 'loopback' } as const;
    expect(verifyUserTransport(tcp('198.51.100.7'), rule)).toEqual(tcp('198.51.100.7'));
    for (const address of ['224.0.0.1', '0.0.0.0', '255.255.255.255', 'ff02::1', '::']) {
      expect(verifyUserTransport(tcp(address), rule)).toBeUndefined();
    }
    expect(verifyUserTransport(tcp('10.0.0.1'), { ...rule, minimumScope: 'global' })).toBeUndefined();
  });

  test('what is taken as it is stays the same object, and what has no addresses is taken', () => {
    const transport = sctp('192.0.2.1', '10.0.0.1');
    const rule = { remote, minimumScope: 'site' } as const;
    expect(verifyUserTransport(transport, rule)).toBe(transport);
    const opaque: UserTransport = { protocol: 'opaque', data: new Uint8Array(3) };
    expect(verifyUserTransport(opaque, rule)).toBe(opaque);
    expect(refusedAddresses(opaque, rule)).toEqual([]);
  });
});
