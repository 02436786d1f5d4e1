import { describe, expect, it } from 'vitest';
import { CongestionWindow } from './congestion-window.ts';

/** PMDCS of a path with packets of 1232 bytes. */
const largest = 1220;

function usedUp(ipv6 = false): CongestionWindow {
  const window = new CongestionWindow(1232, ipv6);
  window.flightBytes = window.windowBytes;
  window.isUsedUp = true;
  return window;
}

describe('the congestion window', () => {
  it.each([
    [1232, false, 4404],
    [1232, true, 4344],
    [500, false, 4 * 488],
    [9000, false, 2 * 8988],
  ])('begins with what section 7.2.1 says for packets of %i bytes', (mtuBytes, ipv6, bytes) => {
    expect(new CongestionWindow(mtuBytes, ipv6).windowBytes).toBe(bytes);
  });

  it('opens in slow start by what was acknowledged, and by two packets at most', () => {
    const window = usedUp();
    window.acknowledged(1000, false);
    expect(window.windowBytes).toBe(5404);
    window.acknowledged(1_000_000, false);
    expect(window.windowBytes).toBe(5404 + 2 * largest);
  });

  it('stays where it is while it is not used up, and in Fast Recovery', () => {
    const window = usedUp();
    window.acknowledged(1000, true);
    window.isUsedUp = false;
    window.acknowledged(1000, false);
    expect(window.windowBytes).toBe(4404);
  });

  it('opens by one packet for each window that is acknowledged in congestion avoidance', () => {
    const window = usedUp();
    window.slowStartThreshold = 4000;
    window.acknowledged(4400, false);
    expect(window.windowBytes).toBe(4404);
    window.acknowledged(10, false);
    expect(window.windowBytes).toBe(4404 + largest);
    expect(window.partialBytesAcknowledged).toBe(6);
    window.drained();
    expect(window.partialBytesAcknowledged).toBe(0);
  });

  it('counts no more than one window in congestion avoidance while it is not used up', () => {
    const window = usedUp();
    window.slowStartThreshold = 4000;
    window.isUsedUp = false;
    window.acknowledged(100_000, false);
    expect(window.windowBytes).toBe(4404);
    expect(window.partialBytesAcknowledged).toBe(4404);
  });

  it('is halved by a loss, and one packet after a timeout, with four packets as the least threshold', () => {
    const window = usedUp();
    window.windowBytes = 40_000;
    window.lost();
    expect([window.windowBytes, window.slowStartThreshold]).toEqual([20_000, 20_000]);
    window.timedOut();
    expect([window.windowBytes, window.slowStartThreshold]).toEqual([largest, 10_000]);
    window.timedOut();
    expect([window.windowBytes, window.slowStartThreshold]).toEqual([largest, 4 * largest]);
  });

  it('is halved once for each RTO without a packet, not below four packets', () => {
    const window = new CongestionWindow(1232, false);
    window.windowBytes = 40_000;
    window.sent(10_000, 1000);
    window.windowBytes = 40_000;
    window.sent(10_999, 1000);
    expect(window.windowBytes).toBe(40_000);
    window.sent(13_500, 1000);
    expect([window.windowBytes, window.slowStartThreshold]).toEqual([10_000, 40_000]);
    window.sent(99_000, 1000);
    expect(window.windowBytes).toBe(4 * largest);
  });

  it('may be exceeded by one packet, and begins anew', () => {
    const window = new CongestionWindow(1232, false);
    window.flightBytes = 4403;
    expect(window.isOpen).toBe(true);
    window.flightBytes = 4404;
    expect(window.isOpen).toBe(false);
    window.lost();
    window.reset();
    expect([window.windowBytes, window.slowStartThreshold]).toEqual([4404, 0x7fff_ffff]);
  });
});
