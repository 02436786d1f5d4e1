import type { PoolElement } from '@rserpool/wire';
import type { SessionTiming } from './session-timing.ts';

/** A failover that is under way. */
interface Failover {
  readonly from: PoolElement;
  readonly startedAt: number;
  readonly attemptsBefore: number;
}

/** What a session can say of its failovers: how late it noticed a loss, and how long it took to get over it. */
export class FailoverRecord {
  readonly #timing: SessionTiming;
  #hasHeartbeats = false;
  #lastSignAt = 0;
  #failover: Failover | undefined;

  /**
   * @param timing - The heartbeats.
   */
  constructor(timing: SessionTiming) {
    this.#timing = timing;
  }

  /** Whether a failover is under way. */
  get isUnderWay(): boolean {
    return this.#failover !== undefined;
  }

  /**
   * The element gave a sign of life.
   *
   * @param now - When.
   */
  sign(now: number): void {
    this.#lastSignAt = now;
  }

  /**
   * There is an element: ends the failover that was under way, if any.
   *
   * @param heartbeats - Whether the association notices a silent peer.
   * @param attempts - How many attempts there were so far.
   * @param now - When.
   */
  up(
    heartbeats: boolean,
    attempts: number,
    now: number,
  ): { readonly from: PoolElement; readonly durationMs: number; readonly attempts: number } | undefined {
    this.#hasHeartbeats = heartbeats;
    const failover = this.#failover;
    this.#failover = undefined;
    if (failover === undefined) return undefined;
    const { from, startedAt, attemptsBefore } = failover;
    return { from, durationMs: now - startedAt, attempts: attempts - attemptsBefore };
  }

  /**
   * The element is gone.
   *
   * @param from - The element.
   * @param attempts - How many attempts there were so far.
   * @param now - When.
   * @returns How long ago the last sign of life can have been at most, in milliseconds.
   */
  lost(from: PoolElement, attempts: number, now: number): number {
    this.#failover = { from, startedAt: now, attemptsBefore: attempts };
    const { heartbeatIntervalMs, heartbeatMaximumMissed } = this.#timing;
    const silentMs = now - this.#lastSignAt;
    return this.#hasHeartbeats ? Math.min(silentMs, heartbeatIntervalMs * heartbeatMaximumMissed) : silentMs;
  }
}
