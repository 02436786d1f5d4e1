/** What a pool user keeps for single messages at most, so that its memory and its sockets are bounded. */
export interface DeliveryLimits {
  /**
   * How many associations there may be at once, 1024 by default: as many as a large pool has elements, and few enough
   * for the sockets of a process. Where it is reached, the one that is idle for longest is closed; where none is idle,
   * the message fails with `limit`.
   */
  readonly maximumAssociations: number;
  /** How many messages may wait at once, 4096 by default; a further one fails with `limit`. */
  readonly maximumWaitingMessages: number;
  /** How many bytes may wait at once, 16 MiB by default, each copy counted; a further message fails with `limit`. */
  readonly maximumWaitingBytes: number;
  /**
   * How long an association is kept when nothing goes over it, in milliseconds, 10 000 by default. Long saves the next
   * message a connection, short saves the elements sessions.
   */
  readonly idleTimeoutMs: number;
}

/** The limits that hold where none are given. */
export const defaultDeliveryLimits: DeliveryLimits = {
  maximumAssociations: 1024,
  maximumWaitingMessages: 4096,
  maximumWaitingBytes: 16 * 1024 * 1024,
  idleTimeoutMs: 10_000,
};

/**
 * How many of the messages that an association has taken last are remembered, and how many bytes they may have: a
 * transport that gives a message back (RFC 5352 section 6.5.5, "retrieval of unacknowledged data") gives back one of
 * the last. Older ones that come back all the same are taken for delivered.
 */
export const maximumRemembered: { readonly messages: number; readonly bytes: number } = {
  messages: 256,
  bytes: 256 * 1024,
};
