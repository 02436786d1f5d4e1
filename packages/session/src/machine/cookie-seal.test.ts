import { createHmac } from 'node:crypto';
import { encodeUtf8, poolHandleFromText } from '@rserpool/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CookieSeal, cookieSealBytes, type MessageAuthentication } from './cookie-seal.ts';

const pool = poolHandleFromText('TestPool');
const state = encodeUtf8('state');
const year2026 = 1_767_225_600_000;

const keyed = (key: string): MessageAuthentication => {
  return (data) => createHmac('sha256', key).update(data).digest();
};

function sealOf(key = 'key', now = year2026, maximumAgeMs?: number): CookieSeal {
  return new CookieSeal({
    authenticate: [keyed(key)],
    currentTime: () => now,
    ...(maximumAgeMs === undefined ? {} : { maximumAgeMs }),
  });
}

describe('RFC 5352 section 3.8: a cookie is signed and verified', () => {
  test('another element with the same key gets the state', () => {
    const sealed = sealOf().seal(pool, state);
    expect(sealed).toHaveLength(state.length + cookieSealBytes);
    expect(sealOf().open(pool, sealed)).toEqual({ ok: true, cookie: state });
  });

  test('any state passes, and any changed bit is noticed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(), fc.nat({ max: 7 }), (any, place, bit) => {
        const sealed = sealOf().seal(pool, any);
        expect(sealOf().open(pool, sealed)).toEqual({ ok: true, cookie: any });
        const index = place % sealed.length;
        sealed[index] = (sealed[index] ?? 0) ^ (1 << bit);
        expect(sealOf().open(pool, sealed)).toEqual({ ok: false, reason: index < 4 ? 'unsigned' : 'forged' });
      }),
    );
  });

  test('nothing that a user makes up is taken', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(sealOf().open(pool, bytes).ok).toBe(false);
        expect(sealOf().open(pool, Uint8Array.of(0x52, 0x53, 0x63, 0x31, ...bytes)).ok).toBe(false);
      }),
    );
  });

  test('a cookie that was cut, lengthened or signed with another key is forged', () => {
    const sealed = sealOf().seal(pool, state);
    const forged = { ok: false, reason: 'forged' };
    expect(sealOf().open(pool, sealed.subarray(0, sealed.length - 1))).toEqual(forged);
    expect(sealOf().open(pool, Uint8Array.of(...sealed, 0))).toEqual(forged);
    expect(sealOf('other').open(pool, sealed)).toEqual(forged);
  });

  test('a cookie of another pool with the same key is forged, wherever the names end', () => {
    const sealed = sealOf().seal(poolHandleFromText('Test'), state);
    expect(sealOf().open(pool, sealed)).toEqual({ ok: false, reason: 'forged' });
    expect(sealOf().open(poolHandleFromText('Tes'), sealed)).toEqual({ ok: false, reason: 'forged' });
  });

  test('a cookie that is older than allowed has expired, one of a clock ahead has not', () => {
    const sealed = sealOf().seal(pool, state);
    expect(sealOf('key', year2026 + 1000, 1000).open(pool, sealed).ok).toBe(true);
    expect(sealOf('key', year2026 + 1001, 1000).open(pool, sealed)).toEqual({ ok: false, reason: 'expired' });
    expect(sealOf('key', year2026 - 60_000, 1000).open(pool, sealed).ok).toBe(true);
    expect(sealOf('key', year2026 * 2).open(pool, sealed).ok).toBe(true);
  });

  test('a key is replaced without losing a state', () => {
    const both = new CookieSeal({
      authenticate: [keyed('new'), keyed('old')],
      currentTime: () => year2026,
    });
    expect(both.open(pool, sealOf('old').seal(pool, state)).ok).toBe(true);
    expect(sealOf('new').open(pool, both.seal(pool, state)).ok).toBe(true);
    expect(sealOf('old').open(pool, both.seal(pool, state)).ok).toBe(false);
  });

  test('the state that is handed out does not change with the packet', () => {
    const sealed = sealOf().seal(pool, state);
    const opened = sealOf().open(pool, sealed);
    sealed.fill(0);
    expect(opened).toEqual({ ok: true, cookie: state });
  });
});
