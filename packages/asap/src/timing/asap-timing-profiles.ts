import type { AsapRegistrarTiming } from './asap-registrar-timing.ts';
import type { AsapTiming } from './asap-timing.ts';

/**
 * The named sets of timers and conventions: `rfc` (the default; RFC 5352 section 7), `lan` (one machine or a local
 * network: failures are found within a second), `wan` (paths with hundreds of milliseconds and some loss), and
 * `rsplib` (the values and conventions of the reference implementation, for scopes shared with it).
 */
export type AsapTimingProfileName = 'rfc' | 'lan' | 'wan' | 'rsplib';

const rfc: AsapTiming = {
  requestTimeoutMs: 15_000,
  maximumRequestRetransmissions: 2,
  poolPollIntervalMs: 10_000,
  maximumWatchAttempts: 10,
  registrationTimeoutMs: 30_000,
  deregistrationTimeoutMs: 30_000,
  maximumRegistrationAttempts: 2,
  reregistrationIntervalMs: 600_000,
  reregistrationMarginMs: 20_000,
  minimumReregistrationIntervalMs: 1_000,
  homeRegistrarLossGraceMs: 90_000,
  formerHomeProbeInitialMs: 1_000,
  formerHomeProbeMaximumMs: 5_000,
  serverHuntTimeoutMs: 10_000,
  maximumServerHuntTimeoutMs: 60_000,
  maximumServerHuntRounds: 10,
  registrarOutdateMs: 5_000,
  registrationLifeUnit: 'seconds',
  announcedPort: 'registered',
  resolutionItems: 0,
};

const lan: AsapTiming = {
  ...rfc,
  requestTimeoutMs: 500,
  poolPollIntervalMs: 1_000,
  registrationTimeoutMs: 1_000,
  deregistrationTimeoutMs: 1_000,
  maximumRegistrationAttempts: 5,
  reregistrationIntervalMs: 5_000,
  reregistrationMarginMs: 10_000,
  minimumReregistrationIntervalMs: 100,
  homeRegistrarLossGraceMs: 3_000,
  formerHomeProbeInitialMs: 50,
  formerHomeProbeMaximumMs: 250,
  serverHuntTimeoutMs: 500,
  maximumServerHuntTimeoutMs: 4_000,
  maximumServerHuntRounds: 60,
};

const wan: AsapTiming = {
  ...rfc,
  requestTimeoutMs: 5_000,
  registrationTimeoutMs: 10_000,
  deregistrationTimeoutMs: 10_000,
  maximumRegistrationAttempts: 4,
  reregistrationIntervalMs: 60_000,
  homeRegistrarLossGraceMs: 30_000,
  formerHomeProbeInitialMs: 500,
  formerHomeProbeMaximumMs: 2_500,
  serverHuntTimeoutMs: 5_000,
  maximumServerHuntTimeoutMs: 30_000,
  maximumServerHuntRounds: 20,
  registrarOutdateMs: 15_000,
};

const rsplib: AsapTiming = {
  ...rfc,
  requestTimeoutMs: 3_000,
  maximumRequestRetransmissions: 1,
  registrationTimeoutMs: 3_000,
  deregistrationTimeoutMs: 3_000,
  maximumRegistrationAttempts: 3,
  reregistrationIntervalMs: 30_000,
  homeRegistrarLossGraceMs: 10_000,
  formerHomeProbeInitialMs: 500,
  formerHomeProbeMaximumMs: 2_000,
  serverHuntTimeoutMs: 7_500,
  registrationLifeUnit: 'milliseconds',
  announcedPort: 'source',
  resolutionItems: 0xffff_ffff,
};

/**
 * The profiles of pool elements and pool users; `rfc` is the base that `timing` options overlay.
 *
 * @example
 * ```ts
 * import { asapTimingProfiles } from '@rserpool/asap';
 *
 * const timing = { ...asapTimingProfiles.lan, homeRegistrarLossGraceMs: 2_000 };
 * ```
 */
export const asapTimingProfiles: Readonly<Record<AsapTimingProfileName, AsapTiming>> = {
  rfc,
  lan,
  wan,
  rsplib,
};

const registrarRfc: AsapRegistrarTiming = {
  keepAliveIntervalMs: 5_000,
  keepAliveJitter: 0.5,
  registrationRestartsKeepAlive: true,
  keepAliveTimeoutMs: 5_000,
  maximumBadReports: 3,
  badReportRule: 'exceeds',
  reportIntervalMs: 1_000,
  probeOnReport: true,
  announceForeignRemovals: true,
  serverAnnounceIntervalMs: 1_000,
  serverAnnounceRule: 'shared',
  serverAnnounceJitter: 0.1,
  registrarOutdateMs: 5_000,
  poolUpdateIntervalMs: 1_000,
  registrationLifeUnit: 'seconds',
};

const registrarLan: AsapRegistrarTiming = {
  ...registrarRfc,
  keepAliveIntervalMs: 250,
  keepAliveTimeoutMs: 400,
  poolUpdateIntervalMs: 100,
};

const registrarWan: AsapRegistrarTiming = {
  ...registrarRfc,
  keepAliveIntervalMs: 10_000,
  keepAliveTimeoutMs: 10_000,
  registrarOutdateMs: 15_000,
};

const registrarRsplib: AsapRegistrarTiming = {
  ...registrarRfc,
  keepAliveJitter: 0,
  badReportRule: 'reaches',
  reportIntervalMs: 0,
  probeOnReport: false,
  announceForeignRemovals: false,
  serverAnnounceRule: 'each',
  serverAnnounceJitter: 0.125,
  registrationLifeUnit: 'milliseconds',
};

/** The profiles of the registrar's side; `rfc` is the base that `timing` options overlay. */
export const asapRegistrarTimingProfiles: Readonly<Record<AsapTimingProfileName, AsapRegistrarTiming>> = {
  rfc: registrarRfc,
  lan: registrarLan,
  wan: registrarWan,
  rsplib: registrarRsplib,
};
