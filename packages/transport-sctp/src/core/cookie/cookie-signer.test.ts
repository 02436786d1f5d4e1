import { seededRandom } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { hmacSha256 } from '../testing/simulated-endpoint.fixture.ts';
import { CookieSigner } from './cookie-signer.ts';
import type { StateCookie } from './state-cookie.ts';

const hour = 3_600_000;

const cookie: StateCookie = {
  createdAt: 12_345.678,
  lifeMs: 60_000,
  localTag: 0xffff_fffe,
  peerTag: 2,
  localTieTag: 3,
  peerTieTag: 4,
  localInitialTsn: 0xffff_ffff,
  peerInitialTsn: 0,
  peerWindowBytes: 0x8000_0000,
  outboundStreams: 65_535,
  inboundStreams: 1,
  localPort: 3863,
  peerPort: 9901,
  encapsulationPort: 9899,
  localAddress: new Uint8Array([127, 0, 0, 1]),
  peerAddress: new Uint8Array([127, 0, 0, 2]),
  peerAddresses: [new Uint8Array([127, 0, 0, 2]), new Uint8Array(16).fill(7)],
  extensions: new Uint8Array([1, 2, 3]),
};

function signer(seed = 1): CookieSigner {
  return new CookieSigner(hmacSha256, seededRandom(seed));
}

describe('RFC 9260 sections 5.1.3 and 5.1.5: the state cookie', () => {
  test('comes back as it was made', () => {
    const cookies = signer();
    expect(cookies.verify(cookies.sign(cookie, 0), 0)).toEqual(cookie);
  });

  test('is small', () => {
    expect(signer().sign(cookie, 0).length).toBeLessThan(150);
  });

  test('is refused where any bit of it was changed, or its length', () => {
    const cookies = signer();
    const signed = cookies.sign(cookie, 0);
    for (let bit = 0; bit < signed.length * 8; bit++) {
      const altered = signed.slice();
      altered[bit >> 3] = (altered[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(cookies.verify(altered, 0)).toBeUndefined();
    }
    for (let length = 0; length < signed.length; length++) {
      expect(cookies.verify(signed.subarray(0, length), 0)).toBeUndefined();
    }
    expect(cookies.verify(new Uint8Array([...signed, 0]), 0)).toBeUndefined();
  });

  test('is refused by another endpoint', () => {
    expect(signer(1).verify(signer(2).sign(cookie, 0), 0)).toBeUndefined();
  });

  test('keys change hourly: the one before stays valid, older ones do not', () => {
    const cookies = signer();
    const first = cookies.sign(cookie, 0);
    expect(cookies.verify(first, hour - 1)).toEqual(cookie);
    expect(cookies.verify(first, hour)).toEqual(cookie);
    const second = cookies.sign(cookie, hour);
    expect(second).not.toEqual(first);
    expect(cookies.verify(second, 2 * hour)).toEqual(cookie);
    expect(cookies.verify(first, 2 * hour)).toBeUndefined();
  });

  test('after a long rest no old key is valid', () => {
    const cookies = signer();
    const first = cookies.sign(cookie, 0);
    expect(cookies.verify(first, 3 * hour)).toBeUndefined();
    expect(cookies.verify(first, 3 * hour)).toBeUndefined();
  });
});
