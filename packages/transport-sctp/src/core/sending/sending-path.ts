import type { CongestionWindow } from './congestion-window.ts';

/** What the data sender needs to know of, and keeps at, a path: a destination address of the peer. */
export interface SendingPath {
  /** The congestion control of the path; made by the path, used by the data sender alone. */
  readonly congestion: CongestionWindow;
  /** The retransmission timeout in milliseconds, any doubling included (RFC 9260 sections 6.3.1 and 6.3.3 E2). */
  readonly rtoMs: number;
  /**
   * When T3-rtx of this path expires, on the caller's clock, or `undefined` while it does not run. The data sender sets
   * and clears it; the path's owner looks at it after each call and tells `DataSender.handleT3` when it expired.
   */
  t3Deadline: number | undefined;
  /**
   * Data that was sent by this path was acknowledged for the first time: error counters are cleared (section 8.2).
   *
   * @param now - The time, in milliseconds on the caller's clock.
   * @param roundTripMs - A measured round trip (sections 6.3.1 C4 and C5), where there is one.
   */
  onAcknowledged(now: number, roundTripMs: number | undefined): void;
}
