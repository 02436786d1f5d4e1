import type { Outstanding } from './outstanding.ts';
import { never, type PathFlight } from './path-flight.ts';

/**
 * Marks chunks that were sent well before one that arrived (RFC 8985 section 6.2 step 5). Beyond RFC 9260, where three
 * SACKs have to miss a chunk, and a retransmission that is lost waits for T3-rtx, a second at least: with the few chunks that
 * are in flight after a loss there are often no three SACKs. The congestion window is cut as the RFC says, and
 * once more for a retransmission that was lost.
 *
 * @param flight - The path.
 * @param now - The time, in milliseconds.
 * @param isRecovering - Whether losses are being repaired.
 * @returns Whether chunks were marked. The path's `lossAt` is when the next ones are, if they do not arrive before.
 */
export function markTimedLosses(
  outstanding: Outstanding,
  flight: PathFlight,
  now: number,
  isRecovering: boolean,
): boolean {
  const { latest } = flight;
  let found = false;
  let lossAt = never;
  for (let tsn = outstanding.first; tsn !== outstanding.next; tsn = (tsn + 1) | 0) {
    if (!outstanding.isInFlight(tsn) || outstanding.flightOf(tsn) !== flight) continue;
    const sentAt = outstanding.sentAtOf(tsn);
    const again = outstanding.isRetransmitted(tsn);
    if (!latest.isAfter(tsn, sentAt)) {
      // What follows was sent later still, retransmissions aside; those are few and low.
      if (again) continue;
      break;
    }
    const at = latest.lostAt(sentAt, isRecovering);
    if (at <= now) {
      outstanding.mark(tsn, flight, true);
      flight.hasLost = true;
      if (again) flight.hasLostAgain = true;
      found = true;
    } else if (at < lossAt) {
      lossAt = at;
    }
  }
  flight.lossAt = lossAt;
  return found;
}
