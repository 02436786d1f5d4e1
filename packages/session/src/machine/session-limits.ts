/** What a session keeps at most, so that its memory is bounded. */
export interface SessionLimits {
  /**
   * From how many bytes that wait for an element, or for room in the association, `send` returns false; 256 KiB by
   * default. More smooths throughput, less bounds latency.
   */
  readonly sendHighWaterMarkBytes: number;
  /** How many bytes may wait at most; 16 MiB by default. Beyond it a message is refused. */
  readonly maximumQueuedBytes: number;
  /**
   * How many bytes are kept for sending again with the delivery option `sinceCookie`; 16 MiB by default. Beyond it a
   * message is refused: the element hands out cookies too seldom.
   */
  readonly maximumRetainedBytes: number;
}

/** The limits that hold where none are given. */
export const defaultSessionLimits: SessionLimits = {
  sendHighWaterMarkBytes: 256 * 1024,
  maximumQueuedBytes: 16 * 1024 * 1024,
  maximumRetainedBytes: 16 * 1024 * 1024,
};
