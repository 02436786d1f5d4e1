import type { AssociationId } from '@rserpool/wire';
import type { Clock, TimerHandle } from '@rserpool/transport';

interface Closing {
  readonly done: Promise<void>;
  readonly timer: TimerHandle;
  resolve(): void;
}

/** The associations that are being closed gracefully; each gets only so much time. */
export class Closings {
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #closings: Map<AssociationId, Closing> = new Map();

  /**
   * @param clock - For the timeouts.
   * @param timeoutMs - How long a peer may take.
   */
  constructor(clock: Clock, timeoutMs: number) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * One is being closed.
   *
   * @param association - Which one.
   * @param onTimeout - The peer does not take part: aborts it.
   * @returns Settled by {@link end}, or after the timeout.
   */
  begin(association: AssociationId, onTimeout: () => void): Promise<void> {
    let resolve = (): void => undefined;
    const done = new Promise<void>((settle) => {
      resolve = settle;
    });
    const timer = this.#clock.setTimer(this.#clock.now() + this.#timeoutMs, () => {
      onTimeout();
      this.end(association);
    });
    this.#closings.set(association, { done, timer, resolve });
    return done;
  }

  /**
   * One is closed.
   *
   * @param association - Which one.
   */
  end(association: AssociationId): void {
    const closing = this.#closings.get(association);
    if (closing === undefined) return;
    this.#closings.delete(association);
    this.#clock.clearTimer(closing.timer);
    closing.resolve();
  }

  /** Waits for all that are under way. */
  async all(): Promise<void> {
    await Promise.all([...this.#closings.values()].map(({ done }) => done));
  }
}
