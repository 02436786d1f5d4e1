const oneSecondMs = 1_000;

/**
 * Admits so many things a second, and as many at once after a quiet second: what exceeds it is refused, not delayed.
 * An unlimited rate admits everything.
 */
export class TokenBucket {
  readonly #perSecond: number;
  #tokens: number;
  #filledAt = Number.NEGATIVE_INFINITY;
  #toldAt = Number.NEGATIVE_INFINITY;

  /** @param perSecond - How many a second; fractions are allowed, `Infinity` is no limit. */
  constructor(perSecond: number) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
  }

  /** Whether one more is admitted now. */
  take(now: number): boolean {
    if (this.#perSecond === Number.POSITIVE_INFINITY) return true;
    if (this.#perSecond <= 0) return false;
    const earned = ((now - this.#filledAt) * this.#perSecond) / oneSecondMs;
    // Rates below one have to come up to one, or nothing would ever be admitted.
    this.#tokens = Math.min(Math.max(1, this.#perSecond), this.#tokens + earned);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Whether a refusal is worth telling: once a second, so that a flood makes no flood of events. */
  isNews(now: number): boolean {
    if (now - this.#toldAt < oneSecondMs) return false;
    this.#toldAt = now;
    return true;
  }
}
