import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

/** How many of a number of attempts at one time are admitted. */
function admitted(bucket: TokenBucket, attempts: number, now: number): number {
  let count = 0;
  for (let attempt = 0; attempt < attempts; attempt++) if (bucket.take(now)) count += 1;
  return count;
}

describe('a token bucket', () => {
  test('admits its rate at once, and then as many as time has earned', () => {
    const bucket = new TokenBucket(10);
    expect(admitted(bucket, 1_000, 0)).toBe(10);
    expect(admitted(bucket, 1_000, 500)).toBe(5);
    expect(admitted(bucket, 1_000, 550)).toBe(0);
    expect(admitted(bucket, 1_000, 600)).toBe(1);
  });

  test('saves up no more than one second', () => {
    const bucket = new TokenBucket(10);
    admitted(bucket, 1_000, 0);
    expect(admitted(bucket, 1_000, 3_600_000)).toBe(10);
  });

  test('admits one every two seconds at half a second rate, and none at rate 0', () => {
    const slow = new TokenBucket(0.5);
    expect([0, 1_000, 2_000, 3_000, 4_000].map((now) => slow.take(now))).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
    expect(admitted(new TokenBucket(0), 100, 0)).toBe(0);
  });

  test('admits everything without a limit', () => {
    expect(admitted(new TokenBucket(Number.POSITIVE_INFINITY), 1_000, 0)).toBe(1_000);
  });

  test('admits in any time no more than its rate allows, however the attempts come', () => {
    const rate = fc.integer({ min: 1, max: 50 });
    const pauses = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(rate, pauses, (perSecond, waits) => {
        const bucket = new TokenBucket(perSecond);
        let now = 0;
        const times: number[] = [];
        for (const wait of waits) {
          now += wait;
          if (bucket.take(now)) times.push(now);
        }
        for (const [first, from] of times.entries()) {
          for (let last = first; last < times.length; last++) {
            const lasted = (times[last] ?? 0) - from;
            expect(last - first + 1).toBeLessThanOrEqual(perSecond + (lasted * perSecond) / 1_000 + 1e-6);
          }
        }
      }),
    );
  });

  test('tells of refusals once a second', () => {
    const bucket = new TokenBucket(1);
    expect([0, 10, 999, 1_000, 1_500, 2_000].map((now) => bucket.isNews(now))).toEqual([
      true,
      false,
      false,
      true,
      false,
      true,
    ]);
  });
});
