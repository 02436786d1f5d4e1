/** The least reordering that is waited for, in milliseconds: clocks and timers are not finer. */
const leastReorderingMs = 1;

/**
 * The chunk that was sent last of those that arrived by a path: what was sent before it should have arrived, too
 * (RACK.segment of RFC 8985 section 5.2). Times are those of the latest transmission, so that it also tells of
 * retransmissions that are lost.
 */
export class LatestDelivery {
  /** When it was sent. */
  sentAt: number = Number.NEGATIVE_INFINITY;
  /** SRTT in milliseconds, of chunks that were sent once; -1 before the first one arrived. */
  smoothedMs = -1;
  #tsn = 0;
  /** The highest TSN that arrived, of chunks that were sent once. */
  #highest = 0;
  #hasHighest = false;
  /** Whether packets were seen to overtake one another. */
  #isReordering = false;
  /** What it took until its acknowledgement came. */
  #roundTripMs = 0;
  #leastMs: number = Number.POSITIVE_INFINITY;

  /** A chunk was acknowledged for the first time. */
  arrived(tsn: number, sentAt: number, wasRetransmitted: boolean, now: number): void {
    if (!wasRetransmitted) this.#watchOrder(tsn);
    if (sentAt < this.sentAt || (sentAt === this.sentAt && ((tsn - this.#tsn) | 0) <= 0)) return;
    const roundTripMs = now - sentAt;
    if (!wasRetransmitted) {
      if (roundTripMs < this.#leastMs) this.#leastMs = roundTripMs;
    } else if (roundTripMs < this.#leastMs) {
      // An earlier transmission of it arrived (RFC 8985 section 6.2 step 2).
      return;
    }
    this.sentAt = sentAt;
    this.#tsn = tsn;
    this.#roundTripMs = roundTripMs;
  }

  /** A round trip was measured. */
  measured(roundTripMs: number): void {
    this.smoothedMs = this.smoothedMs < 0 ? roundTripMs : 0.875 * this.smoothedMs + 0.125 * roundTripMs;
  }

  /** Whether a chunk was sent before it. */
  isAfter(tsn: number, sentAt: number): boolean {
    return sentAt < this.sentAt || (sentAt === this.sentAt && ((tsn - this.#tsn) | 0) < 0);
  }

  /**
   * When a chunk that was sent before it counts as lost, in milliseconds: so much later than it would have to be there as
   * packets may overtake one another, a quarter of a round trip; at once while losses are repaired anyway, as long as none
   * was seen to do so (RFC 8985 section 6.2 step 4).
   */
  lostAt(sentAt: number, isRecovering: boolean): number {
    const due = sentAt + this.#roundTripMs;
    if (isRecovering && !this.#isReordering) return due;
    return due + Math.max(leastReorderingMs, this.smoothedMs / 4);
  }

  #watchOrder(tsn: number): void {
    if (this.#hasHighest && ((tsn - this.#highest) | 0) < 0) {
      this.#isReordering = true;
      return;
    }
    this.#highest = tsn;
    this.#hasHighest = true;
  }
}
