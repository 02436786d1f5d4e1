import type { HeartbeatOptions } from '@rserpool/transport';
import type { SctpParameters } from '../../core/sctp-input.ts';
import type { SocketOptions } from './socket-options.ts';

/** RFC 9260 section 16. */
const defaultRtoMs = { initial: 1000, minimum: 1000, maximum: 60_000 } as const;

/** How long a peer may stay silent, in milliseconds. */
export function silenceMsOf(heartbeat: HeartbeatOptions): number {
  return heartbeat.intervalMs * heartbeat.maximumMissed;
}

/**
 * Makes the kernel ask for signs of life often enough that a living peer gives one within the time that the supervision
 * allows: it sends a heartbeat every HB.interval + RTO (RFC 9260 section 8.3), so that the RTO has to be bounded, too.
 *
 * @param options - Of the association's socket.
 * @param heartbeat - The supervision.
 * @param parameters - What the caller wants else.
 */
export function superviseByKernel(
  options: SocketOptions,
  heartbeat: HeartbeatOptions,
  parameters: Partial<SctpParameters>,
): void {
  const silenceMs = silenceMsOf(heartbeat);
  const longest = Math.max(1, Math.floor(silenceMs / 4));
  const maximumMs = Math.min(parameters.rtoMaxMs ?? defaultRtoMs.maximum, longest);
  options.setRto(
    0,
    Math.min(parameters.rtoInitialMs ?? defaultRtoMs.initial, maximumMs),
    maximumMs,
    Math.min(parameters.rtoMinMs ?? defaultRtoMs.minimum, maximumMs),
  );
  const intervalMs = Math.max(1, Math.min(heartbeat.intervalMs, Math.floor(silenceMs / 3)));
  options.setPaths(0, intervalMs, parameters.pathMaxRetrans ?? 0);
  options.setAssociationInfo(0, parameters.associationMaxRetrans ?? 0, parameters.validCookieLifeMs ?? 0);
}
