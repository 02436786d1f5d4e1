import { describe, expect, it } from 'vitest';
import { formatRemoteEndpoint, parseRemoteEndpoint } from './remote-endpoint-text.ts';

describe('an endpoint as text', () => {
  it.each([
    ['127.0.0.1:4000', '127.0.0.1:4000'],
    ['127.0.0.1:0', '127.0.0.1:0'],
    ['127.0.0.1', '127.0.0.1:3863'],
    ['[2001:db8::1]:4000', '[2001:db8::1]:4000'],
    ['[::1]', '[::1]:3863'],
    ['::1', '[::1]:3863'],
    ['10.0.0.1,[::1]:4000', '10.0.0.1:4000 [::1]:4000'],
    ['10.0.0.1,::1', '10.0.0.1:3863 [::1]:3863'],
    ['10.0.0.1:4000 [::1]:4000', '10.0.0.1:4000 [::1]:4000'],
  ])('%s is read, with a default port, and written as %s', (text, written) => {
    expect(formatRemoteEndpoint(parseRemoteEndpoint(text, 3863))).toBe(written);
  });

  it.each([
    '',
    'localhost',
    '127.0.0.1:',
    '127.0.0.1:65536',
    '127.0.0.1:-1',
    '127.0.0.1:1e3',
    '127.0.0.1:x',
    '[::1]:',
    '[::1]4000',
    '[::1',
    '1.2.3:5',
    '1.2.3.4.5',
    '10.0.0.1,',
    '10.0.0.1:1,10.0.0.2:2',
  ])('"%s" is refused with what is allowed', (text) => {
    expect(() => parseRemoteEndpoint(text, 3863)).toThrow(/is no endpoint; write 192.0.2.1:3863/u);
    expect(() => parseRemoteEndpoint(text, 3863)).toThrow(
      expect.objectContaining({ code: 'ERR_RSERPOOL_INVALID_ARGUMENT' }),
    );
  });

  it('needs its port where there is no default', () => {
    expect(parseRemoteEndpoint('[::1]:9901').port).toBe(9901);
    expect(() => parseRemoteEndpoint('127.0.0.1')).toThrow(/is no endpoint/u);
  });

  it('lists every address of a multi-homed endpoint', () => {
    const addresses = ['10.0.0.1', '::1'].map(
      (text) => parseRemoteEndpoint(text, 1).addresses[0] ?? new Uint8Array(),
    );
    expect(formatRemoteEndpoint({ addresses, port: 7 })).toBe('10.0.0.1:7 [::1]:7');
  });
});
