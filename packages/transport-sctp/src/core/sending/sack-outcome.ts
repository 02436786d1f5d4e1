/** What a SACK (or the cumulative TSN ack of a SHUTDOWN) did. */
export interface SackOutcome {
  /**
   * Whether it is one that the peer may send. One that acknowledges what was never sent, or whose gap ack blocks are not
   * in order, is not, and changes nothing.
   */
  readonly valid: boolean;
  /** Bytes of user data that were acknowledged cumulatively by it. */
  readonly acknowledgedBytes: number;
  /** Whether the cumulative TSN ack point moved. */
  readonly newCumulative: boolean;
  /** Whether it made chunks to be retransmitted at once. */
  readonly fastRetransmit: boolean;
}
