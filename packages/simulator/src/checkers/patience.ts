/**
 * How long each of many things has not been as it has to be, and whether that is too long. It remembers how close
 * the longest came to its bound, so that a bound that is never approached can be seen.
 */
export class Patience {
  readonly #since: Map<string, number> = new Map();
  #seen: Set<string> = new Set();
  #closest = 0;

  /** The longest of all waits, as a fraction of its bound. */
  get closest(): number {
    return this.#closest;
  }

  /** A look begins: what is not seen to be wrong in it is right. */
  begin(): void {
    this.#seen = new Set();
  }

  /**
   * Something is wrong at present.
   *
   * @param key - What.
   * @param now - The time.
   * @param excusedUntil - Until when it could not have been right: the last disturbance.
   * @param boundMs - How long after that it may take.
   * @returns Whether it has been wrong for too long.
   */
  isExhausted(key: string, now: number, excusedUntil: number, boundMs: number): boolean {
    this.#seen.add(key);
    const known = this.#since.get(key);
    const since = Math.max(known ?? now, excusedUntil);
    if (known === undefined) this.#since.set(key, now);
    if (since > now) return false;
    this.#closest = Math.max(this.#closest, (now - since) / boundMs);
    return now - since > boundMs;
  }

  /** A look ends: what was not wrong in it is forgotten. */
  end(): void {
    for (const key of this.#since.keys()) if (!this.#seen.has(key)) this.#since.delete(key);
  }
}
