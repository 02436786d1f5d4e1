import type { AsapTimingProfileName } from '@rserpool/asap';

/**
 * Times and thresholds of a session on the pool user's side. RFC 5352 leaves all of them to the implementation;
 * {@link sessionTimingProfiles} has sets that fit together.
 */
export interface SessionTiming {
  /**
   * How often the element has to give a sign of life, in milliseconds, at least 1 (333 by default). A hung element is
   * noticed after `heartbeatIntervalMs * heartbeatMaximumMissed`. Short fails over early and costs a small packet on
   * each idle session; long saves traffic and notices late. A killed element is noticed at once in either case.
   */
  readonly heartbeatIntervalMs: number;
  /**
   * How many heartbeats in a row may be missed, at least 1 (3 by default). Few notices early and takes a busy
   * element or a lossy network for a dead one; many does the reverse.
   */
  readonly heartbeatMaximumMissed: number;
  /**
   * How long one attempt to reach one element may take, in milliseconds (2000 by default). Short moves on to the next
   * element early; too short never reaches an element behind a slow path.
   */
  readonly elementConnectTimeoutMs: number;
  /**
   * How long the first connection may take with all its attempts, in milliseconds (30 000 by default); then the
   * session fails. Long waits for a pool that is still being started, short tells the application early.
   */
  readonly connectTimeoutMs: number;
  /**
   * How long one failover may take with all its attempts, in milliseconds (30 000 by default); then the session
   * fails. Long survives an outage of the whole pool, short tells the application early.
   */
  readonly failoverTimeoutMs: number;
  /**
   * How many attempts (resolutions that failed, elements that could not be reached) there may be until a connection
   * holds for `stabilityMs`, at least 1 (32 by default). It also ends a session whose elements accept it and drop it
   * again at once, which `failoverTimeoutMs` does not notice.
   */
  readonly maximumFailoverAttempts: number;
  /**
   * The pause before the pool is tried again after all its elements failed, in milliseconds (250 by default). It
   * doubles with each round. Other elements are tried without a pause.
   */
  readonly retryDelayMs: number;
  /** What the pause grows to at most, in milliseconds (4000 by default). Long spares a pool that is coming up again. */
  readonly maximumRetryDelayMs: number;
  /**
   * By which part of itself a pause varies at random in both directions, 0 .. 1 (0.5 by default), so that the
   * sessions of a lost element do not all come back in the same moment. 0 makes the pauses exact.
   */
  readonly retryJitter: number;
  /**
   * How long a connection has to hold before earlier attempts are forgotten, in milliseconds (5000 by default). Short
   * lets a session jump between failing elements for long, long gives it up after few losses in a row.
   */
  readonly stabilityMs: number;
  /**
   * How long a graceful close may take to deliver what is left, in milliseconds (5000 by default); then it is cut.
   */
  readonly closeTimeoutMs: number;
}

/** The names of {@link sessionTimingProfiles}, the same as those of the timers of ASAP. */
export type SessionTimingProfile = AsapTimingProfileName;

/**
 * Times that fit together:
 * - `rfc` (the default) goes with the timers of RFC 5352 section 7: a hung element is noticed within 1.5 s;
 * - `lan` is for one site with short, clean paths: a hung element is noticed within 0.4 s;
 * - `wan` is for long or lossy paths: a hung element is noticed after 15 s, and one lost packet does no harm;
 * - `rsplib` has the values of the reference implementation where it has one: 5 s to reach an element, pauses of
 *   250 ms, heartbeats each 15 s.
 */
export const sessionTimingProfiles: Readonly<Record<SessionTimingProfile, SessionTiming>> = {
  rfc: {
    heartbeatIntervalMs: 333,
    heartbeatMaximumMissed: 3,
    elementConnectTimeoutMs: 2_000,
    connectTimeoutMs: 30_000,
    failoverTimeoutMs: 30_000,
    maximumFailoverAttempts: 32,
    retryDelayMs: 250,
    maximumRetryDelayMs: 4_000,
    retryJitter: 0.5,
    stabilityMs: 5_000,
    closeTimeoutMs: 5_000,
  },
  lan: {
    heartbeatIntervalMs: 100,
    heartbeatMaximumMissed: 3,
    elementConnectTimeoutMs: 500,
    connectTimeoutMs: 10_000,
    failoverTimeoutMs: 10_000,
    maximumFailoverAttempts: 32,
    retryDelayMs: 100,
    maximumRetryDelayMs: 1_000,
    retryJitter: 0.5,
    stabilityMs: 2_000,
    closeTimeoutMs: 2_000,
  },
  wan: {
    heartbeatIntervalMs: 5_000,
    heartbeatMaximumMissed: 3,
    elementConnectTimeoutMs: 10_000,
    connectTimeoutMs: 120_000,
    failoverTimeoutMs: 120_000,
    maximumFailoverAttempts: 32,
    retryDelayMs: 1_000,
    maximumRetryDelayMs: 30_000,
    retryJitter: 0.5,
    stabilityMs: 30_000,
    closeTimeoutMs: 10_000,
  },
  rsplib: {
    heartbeatIntervalMs: 15_000,
    heartbeatMaximumMissed: 3,
    elementConnectTimeoutMs: 5_000,
    connectTimeoutMs: 60_000,
    failoverTimeoutMs: 60_000,
    maximumFailoverAttempts: 32,
    retryDelayMs: 250,
    maximumRetryDelayMs: 4_000,
    retryJitter: 0.5,
    stabilityMs: 5_000,
    closeTimeoutMs: 5_000,
  },
};
