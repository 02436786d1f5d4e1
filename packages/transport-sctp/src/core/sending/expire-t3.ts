import type { PathFlight } from './path-flight.ts';
import type { SendingPath } from './sending-path.ts';
import type { SendingState } from './sending-state.ts';
import { markTailProbe } from './tail-probe.ts';
import { markTimedLosses } from './timed-loss.ts';

/** What the expiry of T3-rtx meant, and what the path's owner does about it. */
export type T3Outcome =
  /** It was not due any more, or it was one of the finer timers that run beside T3-rtx: nothing. */
  | 'nothing'
  /** The peer is asked for its window (RFC 9260 section 6.1 A): the RTO is doubled, no error is counted. */
  | 'window-probe'
  /** Data was lost: the RTO is doubled (section 6.3.3 E2), an error is counted (sections 8.1 and 8.2). */
  | 'timeout';

/** T3-rtx of a path expired, or one of the timers beside it (RFC 9260 section 6.3.3). */
export function expireT3(state: SendingState, path: SendingPath, now: number): T3Outcome {
  const flight = state.flightOf(path);
  if (flight.t3At > now) {
    handleFinerTimers(state, flight, now);
    return 'nothing';
  }
  flight.stopTimers();
  state.burst = state.maxBurst;
  if (state.outstanding.count === 0) {
    state.mayProbe = state.streams.message !== undefined;
    return state.mayProbe ? 'window-probe' : 'nothing';
  }
  if (state.isProbing && state.wasProbeAnswered) {
    state.wasProbeAnswered = false;
    state.markAll(flight, state.alternateOf(path));
    return 'window-probe';
  }
  if (path.congestion.flightBytes === 0) return 'nothing';
  path.congestion.timedOut();
  state.recovery.leave();
  state.markAll(flight, state.alternateOf(path));
  return 'timeout';
}

function handleFinerTimers(state: SendingState, flight: PathFlight, now: number): void {
  if (flight.lossAt <= now) {
    const before = state.outstanding.flightUserBytes;
    if (markTimedLosses(state.outstanding, flight, now, state.recovery.isActive))
      state.recovery.begin(state.flights, now);
    state.peerWindow += before - state.outstanding.flightUserBytes;
  } else if (flight.probeAt <= now) {
    markTailProbe(state.outstanding, flight);
  }
  flight.publishDeadline();
}
