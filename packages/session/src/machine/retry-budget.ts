import { randomFraction, type RandomSource } from '@rserpool/wire';
import type { SessionTiming } from './session-timing.ts';

/** What {@link RetryBudget} takes of the times. */
export type RetryTiming = Pick<
  SessionTiming,
  'maximumFailoverAttempts' | 'retryDelayMs' | 'maximumRetryDelayMs' | 'retryJitter'
>;

/** Counts attempts and draws the pauses between rounds: exponential, capped, with jitter. */
export class RetryBudget {
  readonly #timing: RetryTiming;
  readonly #random: RandomSource;
  #attempts = 0;
  #rounds = 0;

  /**
   * @param timing - The cap of attempts and the pauses.
   * @param random - For the jitter.
   */
  constructor(timing: RetryTiming, random: RandomSource) {
    this.#timing = timing;
    this.#random = random;
  }

  /** How many attempts there were since the last reset. */
  get attempts(): number {
    return this.#attempts;
  }

  /** Whether no attempt is left. */
  get isSpent(): boolean {
    return this.#attempts >= this.#timing.maximumFailoverAttempts;
  }

  /** Counts one attempt. */
  spend(): void {
    this.#attempts += 1;
  }

  /** The pause before the next round, in milliseconds; each call is one round further. */
  nextDelayMs(): number {
    const { retryDelayMs, maximumRetryDelayMs, retryJitter } = this.#timing;
    const base = Math.min(maximumRetryDelayMs, retryDelayMs * 2 ** Math.min(this.#rounds, 30));
    this.#rounds += 1;
    const factor = 1 - retryJitter + 2 * retryJitter * randomFraction(this.#random);
    return Math.min(maximumRetryDelayMs, base * factor);
  }

  /** Forgets attempts and rounds: a connection has held. */
  reset(): void {
    this.#attempts = 0;
    this.#rounds = 0;
  }
}
