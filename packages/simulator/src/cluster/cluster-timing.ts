import {
  type AsapRegistrarTiming,
  type AsapTiming,
  asapRegistrarTimingProfiles,
  asapTimingProfiles,
} from '@rserpool/asap';
import { type EnrpTiming, enrpTimingProfiles } from '@rserpool/enrp';
import { type SessionTiming, sessionTimingProfiles } from '@rserpool/session/machine';
import type { HeartbeatOptions } from '@rserpool/transport';

/** The profiles of timers in which clusters are simulated. */
export type ClusterProfile = 'rfc' | 'lan';

/** All times of a cluster: the profile's, as the production code has them, and those of its applications. */
export interface ClusterTiming {
  /** The profile. */
  readonly profile: ClusterProfile;
  /** Of pool elements and pool users. */
  readonly asap: AsapTiming;
  /** Of registrars towards them. */
  readonly asapRegistrar: AsapRegistrarTiming;
  /** Of registrars among themselves. */
  readonly enrp: EnrpTiming;
  /** Of sessions. */
  readonly session: SessionTiming;
  /** How pool elements and users notice that a peer is silent. */
  readonly heartbeat: HeartbeatOptions;
  /** How registrars do: the default of the transports. */
  readonly registrarHeartbeat: HeartbeatOptions;
  /** How long a pool user thinks between an answer and its next request, in milliseconds: at least and at most. */
  readonly think: readonly [number, number];
  /** How long a pool user waits for an answer before it leaves the element, in milliseconds. */
  readonly answerMs: number;
  /** How long an application waits before it tries again what failed for good, in milliseconds. */
  readonly retryMs: number;
  /** How often the checkers look, in milliseconds. */
  readonly sampleMs: number;
  /** The unit in which faults last: a minute of the profile `rfc` is six seconds of `lan`. */
  readonly minuteMs: number;
}

/**
 * All times of a profile.
 *
 * @param profile - The profile.
 */
export function clusterTiming(profile: ClusterProfile): ClusterTiming {
  const session = sessionTimingProfiles[profile];
  const isLan = profile === 'lan';
  return {
    profile,
    asap: asapTimingProfiles[profile],
    asapRegistrar: asapRegistrarTimingProfiles[profile],
    enrp: enrpTimingProfiles[profile],
    session,
    heartbeat: { intervalMs: session.heartbeatIntervalMs, maximumMissed: session.heartbeatMaximumMissed },
    registrarHeartbeat: { intervalMs: 5000, maximumMissed: 3 },
    think: isLan ? [20, 500] : [100, 4000],
    answerMs: isLan ? 1000 : 5000,
    retryMs: isLan ? 300 : 2000,
    sampleMs: isLan ? 50 : 1000,
    minuteMs: isLan ? 6000 : 60_000,
  };
}

/**
 * After how much silence the last association is lost, in milliseconds: so far may the retransmissions of SCTP have
 * backed off when the network is whole again.
 *
 * @param timing - All times of the cluster.
 */
export function longestSilenceMs({ heartbeat, registrarHeartbeat }: ClusterTiming): number {
  return Math.max(
    heartbeat.intervalMs * heartbeat.maximumMissed,
    registrarHeartbeat.intervalMs * registrarHeartbeat.maximumMissed,
  );
}
