/** The takeovers that a registrar has to do with, by their targets. */
export class TakeoverRecords {
  /** Own attempts: whose acknowledgement is missing, and how often it was asked for. */
  readonly attempts: Map<number, { readonly awaited: Set<number>; count: number }> = new Map();
  /** Attempts of others: to whom the takeover was acknowledged. */
  readonly acknowledged: Map<number, Set<number>> = new Map();
  readonly #won: Set<number> = new Set();
  readonly #maximumWon: number;

  /** @param maximumWon - How many won takeovers are remembered. */
  constructor(maximumWon: number) {
    this.#maximumWon = maximumWon;
  }

  /** Remembers a won takeover, to tell the target should it come back. */
  rememberWon(target: number): void {
    this.#won.delete(target);
    this.#won.add(target);
    const [oldest] = this.#won;
    if (this.#won.size > this.#maximumWon && oldest !== undefined) this.#won.delete(oldest);
  }

  /** Whether this registrar has taken the target over, and they have not been in step since. */
  hasWon(target: number): boolean {
    return this.#won.has(target);
  }

  /** The target is back and in step. */
  forgetWon(target: number): void {
    this.#won.delete(target);
  }
}
