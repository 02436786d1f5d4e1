import type { HeartbeatOptions } from '@rserpool/transport';
import { defaultSctpParameters } from '../core/endpoint/default-parameters.ts';
import type { AssociationParameters, SctpParameters } from '../core/sctp-input.ts';

/** Below it, an RTO could run out while a peer delays its SACK as RFC 9260 section 6.2 allows by default. */
const leastRtoMs = 250;

/**
 * The supervision of the contract as parameters of SCTP: heartbeats as often as signs of life are wanted (HB.interval),
 * and the loss after so much silence on all paths, which the RFC's counters alone would notice much later. Who wants to
 * know of a silent peer within less than two seconds is not helped by an RTO of one: it shrinks to half of that time, so
 * that what was sent moves to another path before.
 *
 * @param heartbeat - What the caller wants.
 * @param parameters - The protocol parameters that the caller gave, which count.
 */
export function associationParameters(
  heartbeat: HeartbeatOptions,
  parameters: Partial<SctpParameters>,
): Partial<AssociationParameters> {
  const maximumSilenceMs = heartbeat.intervalMs * heartbeat.maximumMissed;
  const rtoMs = Math.max(leastRtoMs, Math.floor(maximumSilenceMs / 2));
  const { rtoInitialMs, rtoMinMs } = defaultSctpParameters;
  return {
    heartbeatIntervalMs: heartbeat.intervalMs,
    maximumSilenceMs,
    rtoInitialMs: parameters.rtoInitialMs ?? Math.min(rtoInitialMs, rtoMs),
    rtoMinMs: parameters.rtoMinMs ?? Math.min(rtoMinMs, rtoMs),
  };
}
