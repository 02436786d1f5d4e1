import type { Outstanding } from './outstanding.ts';
import type { PathFlight } from './path-flight.ts';

/** So many miss indications mark a chunk for retransmission (RFC 9260 section 7.2.4). */
const missesOfLoss = 3;

/** Fast Retransmit and Fast Recovery of an association (RFC 9260 section 7.2.4). */
export class FastRecovery {
  readonly #outstanding: Outstanding;
  #isActive = false;
  /** The highest TSN that was outstanding when it was entered. */
  #exitPoint = 0;
  /** When the windows were cut last, in milliseconds. */
  #begunAt = 0;

  /** @param outstanding - The chunks. */
  constructor(outstanding: Outstanding) {
    this.#outstanding = outstanding;
  }

  /** Whether the association recovers from a loss: the windows are not cut once more, and not opened. */
  get isActive(): boolean {
    return this.#isActive;
  }

  /**
   * Counts a miss indication for each chunk below a TSN that is under way still.
   *
   * @param limit - The Highest TSN Newly Acknowledged, or the highest one reported (excluded).
   * @returns Whether chunks were marked.
   */
  countMisses(limit: number): boolean {
    const outstanding = this.#outstanding;
    let found = false;
    for (let tsn = outstanding.first; ((tsn - limit) | 0) < 0; tsn = (tsn + 1) | 0) {
      if (this.missed(tsn)) found = true;
    }
    return found;
  }

  /** Counts a miss indication; returns whether the chunk was marked. */
  missed(tsn: number): boolean {
    if (this.#outstanding.miss(tsn) < missesOfLoss) return false;
    const flight = this.#outstanding.flightOf(tsn);
    this.#outstanding.mark(tsn, flight, true);
    flight.hasLost = true;
    return true;
  }

  /**
   * All marks that come of a SACK are made: the window of each path that lost something is cut, and one packet goes out in
   * spite of it. While it is active that is only done where a retransmission was lost (RFC 5681 section 4.3), and not more
   * often than chunks go there and back.
   */
  begin(flights: readonly PathFlight[], now: number): void {
    for (const flight of flights) {
      const { hasLost, hasLostAgain } = flight;
      flight.hasLost = false;
      flight.hasLostAgain = false;
      if (!hasLost) continue;
      const isAgain = hasLostAgain && now - this.#begunAt > flight.latest.smoothedMs;
      if (this.#isActive && !isAgain) continue;
      flight.isForced = true;
      flight.path.congestion.lost();
      this.#begunAt = now;
    }
    if (this.#isActive) return;
    this.#isActive = true;
    this.#exitPoint = (this.#outstanding.next - 1) | 0;
  }

  /** The cumulative TSN ack moved: the exit point may be reached (section 6.2.1 D iv). */
  advanced(): void {
    if (this.#isActive && ((this.#outstanding.first - 1 - this.#exitPoint) | 0) >= 0) this.#isActive = false;
  }

  /** A timeout begins anew: slow start must be able to open the window. */
  leave(): void {
    this.#isActive = false;
  }
}
