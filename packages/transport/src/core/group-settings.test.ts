import { parseIpAddress } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { groupSettings } from './group-settings.ts';

const profile = { group: parseIpAddress('239.0.0.50'), port: 3863, timeToLive: 30 };

describe('a group that an application names', () => {
  it('is the profile’s where nothing is said', () => {
    expect(groupSettings('announce', true, profile, 1)).toEqual(profile);
    expect(groupSettings('announce', {}, profile, 1)).toEqual(profile);
  });

  it('differs from it in what is said, as text or as bytes', () => {
    const form = { group: 'ff05::133', port: 5000, timeToLive: 2, interfaceAddress: parseIpAddress('::1') };
    expect(groupSettings('announce', form, profile, 1)).toEqual({
      ...form,
      group: parseIpAddress('ff05::133'),
    });
  });

  it('has the registered port and stays on the link where there is no profile', () => {
    expect(groupSettings('enrpGroup', { group: '239.1.2.3' }, undefined, 9901)).toEqual({
      group: parseIpAddress('239.1.2.3'),
      port: 9901,
      timeToLive: 1,
    });
  });

  it('has to be named where the profile has none', () => {
    expect(() => groupSettings('enrpGroup', true, undefined, 9901)).toThrow(
      expect.objectContaining({
        code: 'ERR_RSERPOOL_INVALID_ARGUMENT',
        message: expect.stringContaining('enrpGroup names no group') as string,
      }) as Error,
    );
  });

  it('has to be of the family of its interface', () => {
    const form = { interfaceAddress: '::1' };
    expect(() => groupSettings('announce', form, profile, 1)).toThrow(/both IPv4 or both IPv6/u);
  });
});
