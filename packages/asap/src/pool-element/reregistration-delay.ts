import type { AsapTiming } from '../timing/asap-timing.ts';

/**
 * T4-reregistration (RFC 5352 section 7.1): the interval of the profile, or the registration life less a margin,
 * whichever is less. Where the margin would leave less than a third of a short life it is a third, so that two
 * re-registrations may get lost before the life ends.
 *
 * @param registrationLife - As on the wire; -1 is for ever.
 * @param timing - The profile.
 * @returns Milliseconds from the registration's acceptance.
 */
export function reregistrationDelayMs(registrationLife: number, timing: AsapTiming): number {
  const { reregistrationIntervalMs, reregistrationMarginMs, minimumReregistrationIntervalMs } = timing;
  if (registrationLife === -1) return reregistrationIntervalMs;
  const lifeMs = registrationLife * (timing.registrationLifeUnit === 'seconds' ? 1_000 : 1);
  const beforeEnd = Math.max(lifeMs - reregistrationMarginMs, lifeMs / 3);
  return Math.max(Math.min(reregistrationIntervalMs, beforeEnd), minimumReregistrationIntervalMs);
}
