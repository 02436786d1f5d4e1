import type { Clock, TimerHandle } from '@rserpool/transport';

/** Somebody who gives signs of life, or not. */
export interface Watched {
  /** How long it may be silent, in milliseconds. */
  readonly silenceMs: number;
  /** A number that is another one after each sign of life. */
  readonly signs: () => bigint | undefined;
  /** It is looked at, several times within that time. */
  readonly onLook: () => void;
  /** It was silent for too long; it is not watched any more. */
  readonly onSilent: () => void;
}

interface Watch {
  signs: bigint | undefined;
  since: number;
}

/** How often it is looked at within the time of silence: that much earlier or later it may be noticed. */
const looksPerSilence = 8;

/**
 * Notices associations of the kernel whose peers are silent. The kernel itself gives up only after several retransmissions
 * with growing delays, but it counts the packets that come in. One timer serves all.
 */
export class SilenceWatch {
  readonly #clock: Clock;
  readonly #watches: Map<Watched, Watch> = new Map();
  #timer: TimerHandle | undefined;

  /**
   * @param clock - Time, and the timer.
   */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Begins to watch. */
  add(watched: Watched): void {
    this.#watches.set(watched, { signs: watched.signs(), since: this.#clock.now() });
    this.#arm(watched.silenceMs);
  }

  /** Ends watching. */
  remove(watched: Watched): void {
    this.#watches.delete(watched);
    if (this.#watches.size === 0) this.#stop();
  }

  #stop(): void {
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }

  #arm(silenceMs: number): void {
    const at = this.#clock.now() + Math.max(1, silenceMs / looksPerSilence);
    if (this.#timer !== undefined && this.#timer.at <= at) return;
    this.#stop();
    this.#timer = this.#clock.setTimer(at, () => {
      this.#timer = undefined;
      this.#look();
    });
  }

  #look(): void {
    const now = this.#clock.now();
    for (const [watched, watch] of [...this.#watches]) {
      watched.onLook();
      const signs = watched.signs();
      if (signs !== watch.signs) {
        watch.signs = signs;
        watch.since = now;
      } else if (now - watch.since >= watched.silenceMs) {
        this.#watches.delete(watched);
        watched.onSilent();
      }
    }
    if (this.#watches.size === 0) return;
    this.#arm(Math.min(...[...this.#watches.keys()].map(({ silenceMs }) => silenceMs)));
  }
}
