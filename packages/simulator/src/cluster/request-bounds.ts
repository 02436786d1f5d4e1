import type { ClusterTiming } from './cluster-timing.ts';

/**
 * How long a registration or deregistration may take until it is granted, rejected or has failed: each attempt is
 * awaited for T2 (or T3) after a hunt whose rounds last T5, doubling up to RETRAN-MAX (RFC 5352 sections 3.1 and
 * 3.6), and each time varies by a tenth.
 *
 * @param timing - All times of the cluster.
 */
export function registrationBoundMs({ asap }: ClusterTiming): number {
  const attempt = Math.max(asap.registrationTimeoutMs, asap.deregistrationTimeoutMs);
  return (asap.maximumRegistrationAttempts + 1) * (attempt + huntBoundMs(asap));
}

/**
 * How long a handle resolution may take: each sending is awaited for T1, and hunts may take that once more (RFC 5352
 * section 3.3; see `maximumRequestRetransmissions`).
 *
 * @param timing - All times of the cluster.
 */
export function resolutionBoundMs({ asap }: ClusterTiming): number {
  return 2 * (1 + asap.maximumRequestRetransmissions) * asap.requestTimeoutMs;
}

function huntBoundMs(asap: ClusterTiming['asap']): number {
  let total = 0;
  let round = asap.serverHuntTimeoutMs;
  for (let count = 0; count < asap.maximumServerHuntRounds; count += 1) {
    total += 1.1 * round;
    round = Math.min(2 * round, asap.maximumServerHuntTimeoutMs);
  }
  return total;
}
