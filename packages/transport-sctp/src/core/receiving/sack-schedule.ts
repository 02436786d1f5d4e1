/** No SACK waits. */
const never = Number.POSITIVE_INFINITY;

/**
 * When a SACK is sent (RFC 9260 section 6.2): at the latest with every second packet that has DATA and 200 ms after
 * the first one, at once where the sender has to know.
 */
export class SackSchedule {
  readonly #delayMs: number;
  readonly #frequency: number;
  #packets = 0;
  #isFirst = true;
  #due = false;
  #deadline = never;

  /**
   * @param delayMs - SACK.Delay.
   * @param frequency - How many packets share a SACK at most.
   */
  constructor(delayMs: number, frequency: number) {
    this.#delayMs = delayMs;
    this.#frequency = frequency;
  }

  /** When the delayed SACK is due, or `undefined` while none is delayed. */
  get deadline(): number | undefined {
    return this.#deadline === never ? undefined : this.#deadline;
  }

  /** Whether anything waits to be acknowledged. */
  get isWaiting(): boolean {
    return this.#due || this.#packets > 0;
  }

  /** Whether a SACK is due. */
  isDue(now: number): boolean {
    return this.#due || this.#deadline <= now;
  }

  /** A packet with DATA came; `urgent` where the sender has to know at once. */
  packetCame(urgent: boolean, now: number): void {
    this.#packets += 1;
    // Section 5.1: the very first DATA of an association is acknowledged at once.
    if (urgent || this.#isFirst || this.#packets >= this.#frequency) this.demand();
    else if (this.#deadline === never) this.#deadline = now + this.#delayMs;
    this.#isFirst = false;
  }

  /** A SACK is due now. */
  demand(): void {
    this.#due = true;
    this.#deadline = never;
  }

  /** A SACK is on its way. */
  sent(): void {
    this.#packets = 0;
    this.#due = false;
    this.#deadline = never;
  }
}
