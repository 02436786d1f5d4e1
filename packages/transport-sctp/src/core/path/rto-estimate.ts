/** RTO.Alpha and RTO.Beta (RFC 9260 section 16). */
const alpha = 1 / 8;
const beta = 1 / 4;

/** The clock granularity G in milliseconds (section 6.3.1 G1): RTTVAR never becomes 0. */
const granularityMs = 1;

/** The bounds of an RTO, in milliseconds. */
export interface RtoBounds {
  readonly rtoInitialMs: number;
  readonly rtoMinMs: number;
  readonly rtoMaxMs: number;
}

/** The retransmission timeout of one path (RFC 9260 section 6.3.1). */
export class RtoEstimate {
  /** RTO in milliseconds, with what was doubled by timeouts. */
  rtoMs: number;
  /** SRTT in milliseconds; -1 before the first measurement. */
  smoothedMs = -1;
  /** RTTVAR in milliseconds. */
  variationMs = 0;
  readonly #bounds: RtoBounds;

  /** C1: RTO.Initial until there is a measurement. */
  constructor(bounds: RtoBounds) {
    this.#bounds = bounds;
    this.rtoMs = Math.min(Math.max(bounds.rtoInitialMs, bounds.rtoMinMs), bounds.rtoMaxMs);
  }

  /** Takes a measurement (C2, C3, C6, C7), which also ends a doubled RTO. */
  measured(rttMs: number): void {
    const { rtoMinMs, rtoMaxMs } = this.#bounds;
    if (this.smoothedMs < 0) {
      this.smoothedMs = rttMs;
      this.variationMs = rttMs / 2;
    } else {
      this.variationMs = (1 - beta) * this.variationMs + beta * Math.abs(this.smoothedMs - rttMs);
      this.smoothedMs = (1 - alpha) * this.smoothedMs + alpha * rttMs;
    }
    if (this.variationMs < granularityMs) this.variationMs = granularityMs;
    this.rtoMs = Math.min(Math.max(this.smoothedMs + 4 * this.variationMs, rtoMinMs), rtoMaxMs);
  }

  /** A timer expired: RTO doubles up to RTO.Max (section 6.3.3 E2). */
  backOff(): void {
    this.rtoMs = Math.min(this.rtoMs * 2, this.#bounds.rtoMaxMs);
  }

  /** As at the beginning. */
  reset(): void {
    const { rtoInitialMs, rtoMinMs, rtoMaxMs } = this.#bounds;
    this.smoothedMs = -1;
    this.variationMs = 0;
    this.rtoMs = Math.min(Math.max(rtoInitialMs, rtoMinMs), rtoMaxMs);
  }
}
