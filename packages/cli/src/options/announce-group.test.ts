import { parseRemoteEndpoint } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { announceGroup } from './announce-group.ts';

const group = parseRemoteEndpoint('239.0.0.50:3863');

describe('the group of announces', () => {
  it('is joined on the interface of the local address', () => {
    const joined = announceGroup(group, parseRemoteEndpoint('127.0.0.1:0'));
    expect(joined).toEqual({
      group: Uint8Array.of(239, 0, 0, 50),
      port: 3863,
      interfaceAddress: Uint8Array.of(127, 0, 0, 1),
    });
  });

  it('is that of the profile where none is named', () => {
    expect(announceGroup(true, parseRemoteEndpoint('127.0.0.1:0'))).toEqual({
      interfaceAddress: Uint8Array.of(127, 0, 0, 1),
    });
    expect(announceGroup(true, parseRemoteEndpoint('[::1]:0'))).toEqual({});
  });

  it.each([['0.0.0.0:0'], ['[::1]:0'], [undefined]])(
    'leaves the interface to the system where it is %s',
    (local) => {
      const joined = announceGroup(group, local === undefined ? undefined : parseRemoteEndpoint(local));
      expect(joined).not.toHaveProperty('interfaceAddress');
    },
  );
});
