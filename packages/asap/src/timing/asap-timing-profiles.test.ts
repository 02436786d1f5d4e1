import { describe, expect, test } from 'vitest';
import { asapRegistrarTimingProfiles, asapTimingProfiles } from './asap-timing-profiles.ts';

describe('RFC 5352 section 7: timers and thresholds of the profile rfc', () => {
  test.each([
    ['T1-ENRPrequest is 15 seconds', asapTimingProfiles.rfc.requestTimeoutMs, 15_000],
    ['T2-registration is 30 seconds', asapTimingProfiles.rfc.registrationTimeoutMs, 30_000],
    ['T3-deregistration is 30 seconds', asapTimingProfiles.rfc.deregistrationTimeoutMs, 30_000],
    ['T4-reregistration is at most 10 minutes', asapTimingProfiles.rfc.reregistrationIntervalMs, 600_000],
    [
      'T4-reregistration is 20 seconds before the end of the life',
      asapTimingProfiles.rfc.reregistrationMarginMs,
      20_000,
    ],
    ['T5-Serverhunt is 10 seconds', asapTimingProfiles.rfc.serverHuntTimeoutMs, 10_000],
    ['T6-Serverannounce is 1 second', asapRegistrarTimingProfiles.rfc.serverAnnounceIntervalMs, 1_000],
    ['T7-ENRPoutdate is 5 seconds', asapTimingProfiles.rfc.registrarOutdateMs, 5_000],
    ['MAX-REG-ATTEMPT is 2', asapTimingProfiles.rfc.maximumRegistrationAttempts, 2],
    ['MAX-REQUEST-RETRANSMIT is 2', asapTimingProfiles.rfc.maximumRequestRetransmissions, 2],
    ['RETRAN-MAX is 60 seconds', asapTimingProfiles.rfc.maximumServerHuntTimeoutMs, 60_000],
  ])('%s', (_, actual, expected) => {
    expect(actual).toBe(expected);
  });
});

describe('every profile makes sense', () => {
  test.each(Object.entries(asapTimingProfiles))('%s of elements and users', (_, timing) => {
    expect(timing.maximumServerHuntTimeoutMs).toBeGreaterThanOrEqual(timing.serverHuntTimeoutMs);
    expect(timing.maximumRegistrationAttempts).toBeGreaterThanOrEqual(1);
    expect(timing.maximumServerHuntRounds).toBeGreaterThanOrEqual(1);
    expect(timing.minimumReregistrationIntervalMs).toBeLessThan(timing.reregistrationIntervalMs);
    expect(timing.registrarOutdateMs).toBeGreaterThan(
      asapRegistrarTimingProfiles.rfc.serverAnnounceIntervalMs,
    );
  });

  test('in the profile lan interval and timeout of a keep-alive are less than a second together', () => {
    const { keepAliveIntervalMs, keepAliveTimeoutMs } = asapRegistrarTimingProfiles.lan;
    expect(1.5 * keepAliveIntervalMs + keepAliveTimeoutMs).toBeLessThan(1_000);
  });
});
