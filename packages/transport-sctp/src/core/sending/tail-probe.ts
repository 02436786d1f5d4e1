import type { Outstanding } from './outstanding.ts';
import { never, type PathFlight } from './path-flight.ts';

/** The least time until a probe, in milliseconds: a process that is busy answers later than the network would. */
const leastWaitMs = 10;

/** How long a peer may wait for a second packet before it sends a SACK (RFC 9260 section 6.2). */
const sackDelayMs = 200;

/**
 * Sets the timer of the tail loss probe (RFC 8985 section 7.2). Beyond RFC 9260: where the end of what was sent is lost,
 * or the SACK for it, nothing follows that could tell, and T3-rtx takes a second at least. After two round trips the
 * last chunk is sent again, which makes the peer tell what it has; neither the congestion window nor the error counters
 * take notice. Unlike in TCP this is also done while a loss is repaired, and several times, each after twice the time, as RTO.Min is so long.
 *
 * @param flight - The path.
 * @param now - The time, in milliseconds.
 * @param packetBytes - The length of a packet.
 * @param mostProbes - How many probes may follow one another; then T3-rtx decides.
 */
export function scheduleTailProbe(
  flight: PathFlight,
  now: number,
  packetBytes: number,
  mostProbes: number,
): void {
  const { flightBytes } = flight.path.congestion;
  const { smoothedMs } = flight.latest;
  flight.probeAt = never;
  if (flightBytes === 0 || smoothedMs < 0 || flight.marked > 0 || flight.probes >= mostProbes) return;
  let wait = Math.max(leastWaitMs, 2 * smoothedMs) * 2 ** flight.probes;
  if (flightBytes <= packetBytes && !flight.isAnswerWanted) wait += sackDelayMs;
  if (now + wait < flight.t3At) flight.probeAt = now + wait;
}

/** Marks the last chunk that is in flight on a path to be sent again. */
export function markTailProbe(outstanding: Outstanding, flight: PathFlight): void {
  flight.probeAt = never;
  for (let tsn = (outstanding.next - 1) | 0; ((tsn - outstanding.first) | 0) >= 0; tsn = (tsn - 1) | 0) {
    if (!outstanding.isInFlight(tsn) || outstanding.flightOf(tsn) !== flight) continue;
    outstanding.mark(tsn, flight, true);
    flight.isForced = true;
    flight.isProbe = true;
    flight.probes += 1;
    flight.probedThrough = (outstanding.next - 1) | 0;
    flight.isProbeOpen = true;
    return;
  }
}

/**
 * Finds out whether a probe repaired a loss, which counts as one for the congestion window (RFC 8985 section 7.4): it did
 * where the peer does not report it as a duplicate before it acknowledges what was sent later.
 *
 * @param hasDuplicates - Whether the SACK reports duplicates.
 */
export function probeRepairedLoss(
  outstanding: Outstanding,
  flight: PathFlight,
  hasDuplicates: boolean,
): boolean {
  if (!flight.isProbeOpen) return false;
  if (hasDuplicates) {
    flight.isProbeOpen = false;
    return false;
  }
  if (((outstanding.first - 1 - flight.probedThrough) | 0) <= 0) return false;
  flight.isProbeOpen = false;
  return true;
}
