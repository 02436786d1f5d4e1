/** The takeovers that a registrar has to do with, by their targets. */
export class TakeoverRecords {
  /** Own attempts: whose acknowledgement is missing, and how often it was asked for. */
  readonly attempts: Map<number, { readonly awaited: Set<number>; count: number }> = new Map();
  /** Attempts of others: to whom the takeover was acknowledged. */
  readonly acknowledged: Map<number, Set<number>> = new Map();
  /** Won takeovers, and when the target was back; `undefined` while it is away. */
  readonly #won: Map<number, number | undefined> = new Map();
  readonly #maximumWon: number;

  /** @param maximumWon - How many won takeovers are remembered. */
  constructor(maximumWon: number) {
    this.#maximumWon = maximumWon;
  }

  /** Remembers a won takeover, to tell the target should it come back. */
  rememberWon(target: number): void {
    this.#won.delete(target);
    this.#won.set(target, undefined);
    const [oldest] = this.#won.keys();
    if (this.#won.size > this.#maximumWon && oldest !== undefined) this.#won.delete(oldest);
  }

  /** Whether this registrar has taken the target over, and they have not been in step since. */
  hasWon(target: number): boolean {
    return this.#won.has(target);
  }

  /** The target is back. */
  returned(target: number, now: number): void {
    if (this.#won.has(target)) this.#won.set(target, this.#won.get(target) ?? now);
  }

  /** The target is in step. That counts only a while after its return: before, it may tell of older times. */
  inStep(target: number, now: number, afterMs: number): void {
    const returnedAt = this.#won.get(target);
    if (returnedAt !== undefined && now >= returnedAt + afterMs) this.#won.delete(target);
  }
}
