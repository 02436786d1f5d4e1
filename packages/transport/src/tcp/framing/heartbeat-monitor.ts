import type { Clock, TimerHandle } from '../../contract/clock.ts';
import type { HeartbeatOptions } from '../../contract/endpoint.ts';

/** No peer gets signs of life more often than this, whatever it asks for. */
const shortestIntervalMs = 10;

/** Options of {@link HeartbeatMonitor}. */
export interface HeartbeatMonitorOptions {
  /** Its time and timer. */
  readonly clock: Clock;
  /** What is asked of the peer. */
  readonly heartbeat: HeartbeatOptions;
  /** How often the peer wants a sign of life while it gets no other, in milliseconds. */
  readonly peerIntervalMs: number;
  /** Whether the socket is not read at present, so that nothing can be said about the peer. */
  readonly isReadingStopped: () => boolean;
  /** Sends a heartbeat. */
  readonly beat: () => void;
  /** The peer was silent for too long. */
  readonly onSilent: () => void;
}

/**
 * Watches for signs of life: any byte counts. After half an interval without one, a heartbeat asks for it, and after
 * `intervalMs * maximumMissed` the peer is given up. While this side does not read, because its owner is slow, the
 * peer's answers cannot be seen and its questions not be answered: then the peer is not judged, and heartbeats are
 * sent to it unasked.
 */
export class HeartbeatMonitor {
  readonly #options: HeartbeatMonitorOptions;
  #timer: TimerHandle | undefined;
  #lastSign: number;
  #wakeAt = 0;

  constructor(options: HeartbeatMonitorOptions) {
    this.#options = options;
    this.#lastSign = options.clock.now();
    this.#arm(this.#lastSign + options.heartbeat.intervalMs / 2);
  }

  /** Bytes arrived, or reading begins again. */
  sign(): void {
    this.#lastSign = this.#options.clock.now();
  }

  /** Reading stops: the peer is to hear from this side unasked. */
  readingStopped(): void {
    this.#arm(this.#options.clock.now());
  }

  /** Stops watching. */
  stop(): void {
    if (this.#timer !== undefined) this.#options.clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }

  #arm(at: number): void {
    this.stop();
    this.#wakeAt = at;
    this.#timer = this.#options.clock.setTimer(at, () => this.#wake());
  }

  #wake(): void {
    const { clock, heartbeat, peerIntervalMs } = this.#options;
    const now = clock.now();
    const half = heartbeat.intervalMs / 2;
    if (this.#options.isReadingStopped()) {
      this.#lastSign = now;
      this.#options.beat();
      this.#arm(now + Math.min(half, Math.max(shortestIntervalMs, peerIntervalMs) / 2));
      return;
    }
    // A process that stood still itself must not blame the peer: what it sent may not have been read yet.
    if (now - this.#wakeAt > half) this.#lastSign = now;
    const giveUpAt = this.#lastSign + heartbeat.intervalMs * heartbeat.maximumMissed;
    if (now >= giveUpAt) {
      this.#options.onSilent();
    } else if (now - this.#lastSign >= half) {
      this.#options.beat();
      this.#arm(Math.min(now + half, giveUpAt));
    } else {
      this.#arm(this.#lastSign + half);
    }
  }
}
