/** A takeover that this registrar has won. */
interface WonTakeover {
  readonly at: number;
  /** Whether another registrar had agreed; else this one may have been alone, and the target alive. */
  readonly isAgreed: boolean;
  /** When the target was back. */
  returnedAt: number | undefined;
}

/** The takeovers that a registrar has to do with, by their targets. */
export class TakeoverRecords {
  /** Own attempts: whose acknowledgement is missing, how often it was asked for, and whether anybody has agreed. */
  readonly attempts: Map<number, { readonly awaited: Set<number>; count: number; isAgreed: boolean }> =
    new Map();
  /** Attempts of others: to whom the takeover was acknowledged. */
  readonly acknowledged: Map<number, Set<number>> = new Map();
  /** Won takeovers. */
  readonly #won: Map<number, WonTakeover> = new Map();
  readonly #maximumWon: number;

  /** @param maximumWon - How many won takeovers are remembered. */
  constructor(maximumWon: number) {
    this.#maximumWon = maximumWon;
  }

  /** Remembers a won takeover, to tell the target should it come back. */
  rememberWon(target: number, isAgreed: boolean, now: number): void {
    this.#won.delete(target);
    this.#won.set(target, { at: now, isAgreed, returnedAt: undefined });
    const [oldest] = this.#won.keys();
    if (this.#won.size > this.#maximumWon && oldest !== undefined) this.#won.delete(oldest);
  }

  /** Whether this registrar has taken the target over, and they have not been in step since. */
  hasWon(target: number): boolean {
    return this.#won.has(target);
  }

  /** Whom this registrar has taken over since a time with the agreement of others, and who has not come back. */
  agreedSince(time: number): number[] {
    return [...this.#won].flatMap(([target, { at, isAgreed, returnedAt }]) =>
      isAgreed && at >= time && returnedAt === undefined ? [target] : [],
    );
  }

  /** The target is back. */
  returned(target: number, now: number): void {
    const won = this.#won.get(target);
    if (won !== undefined) won.returnedAt ??= now;
  }

  /** The target is in step. That counts only a while after its return: before, it may tell of older times. */
  inStep(target: number, now: number, afterMs: number): void {
    const returnedAt = this.#won.get(target)?.returnedAt;
    if (returnedAt !== undefined && now >= returnedAt + afterMs) this.#won.delete(target);
  }
}
