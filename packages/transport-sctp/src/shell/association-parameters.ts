import type { HeartbeatOptions } from '@rserpool/transport';
import type { AssociationParameters } from '../core/sctp-input.ts';

/**
 * The supervision of the contract as parameters of SCTP: heartbeats as often as signs of life are wanted (HB.interval),
 * and the loss after so much silence on all paths, which the RFC's counters alone would notice much later.
 *
 * @param heartbeat - What the caller wants.
 */
export function associationParameters(
  heartbeat: HeartbeatOptions,
): Pick<AssociationParameters, 'heartbeatIntervalMs' | 'maximumSilenceMs'> {
  return {
    heartbeatIntervalMs: heartbeat.intervalMs,
    maximumSilenceMs: heartbeat.intervalMs * heartbeat.maximumMissed,
  };
}
