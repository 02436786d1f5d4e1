import { describe, expect, test } from 'vitest';
import { RtoEstimate } from './rto-estimate.ts';

const bounds = { rtoInitialMs: 1000, rtoMinMs: 1000, rtoMaxMs: 60_000 };

describe('RFC 9260 section 6.3.1: RTO', () => {
  test('C1: RTO.Initial before the first measurement', () => {
    expect(new RtoEstimate({ ...bounds, rtoInitialMs: 3000 }).rtoMs).toBe(3000);
  });

  test('C2: the first measurement gives SRTT + 4 * RTTVAR, three times itself', () => {
    const rto = new RtoEstimate(bounds);
    rto.measured(2000);
    expect(rto).toMatchObject({ smoothedMs: 2000, variationMs: 1000, rtoMs: 6000 });
  });

  test('C3: the next ones move SRTT by an eighth and RTTVAR by a quarter', () => {
    const rto = new RtoEstimate(bounds);
    rto.measured(2000);
    rto.measured(2800);
    // RTTVAR = 3/4 * 1000 + 1/4 * 800, with the SRTT of before; SRTT = 7/8 * 2000 + 1/8 * 2800.
    expect(rto).toMatchObject({ smoothedMs: 2100, variationMs: 950, rtoMs: 5900 });
  });

  test('C6 and C7: never below RTO.Min or above RTO.Max', () => {
    const rto = new RtoEstimate(bounds);
    for (let count = 0; count < 100; count++) rto.measured(1);
    expect(rto.rtoMs).toBe(1000);
    rto.measured(1e9);
    expect(rto.rtoMs).toBe(60_000);
  });

  test('G1: RTTVAR does not become 0', () => {
    const rto = new RtoEstimate({ ...bounds, rtoMinMs: 1 });
    for (let count = 0; count < 100; count++) rto.measured(10);
    expect(rto.variationMs).toBe(1);
    expect(rto.rtoMs).toBe(14);
  });

  test('section 6.3.3 E2: timeouts double it up to RTO.Max, a measurement brings it back', () => {
    const rto = new RtoEstimate(bounds);
    rto.measured(100);
    const seen = Array.from({ length: 8 }, () => {
      rto.backOff();
      return rto.rtoMs;
    });
    expect(seen).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    rto.measured(100);
    expect(rto.rtoMs).toBe(1000);
  });

  test('reset makes it as new', () => {
    const rto = new RtoEstimate(bounds);
    rto.measured(5000);
    rto.reset();
    expect(rto).toMatchObject({ smoothedMs: -1, rtoMs: 1000 });
  });
});
