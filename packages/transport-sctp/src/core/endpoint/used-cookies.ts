/** More than these are not remembered: 60 seconds of 1000 associations a second. */
const maximumRemembered = 60_000;

/**
 * The tags of associations that were made from a cookie and are gone while the cookie has not expired yet: a COOKIE
 * ECHO that somebody recorded, or that the network held back, must not bring them to life again.
 */
export class UsedCookies {
  readonly #expiryOfTag = new Map<number, number>();

  /**
   * Remembers one.
   *
   * @param localTag - This side's tag in the cookie.
   * @param expiresAt - When the cookie expires.
   * @param now - The time in milliseconds.
   */
  add(localTag: number, expiresAt: number, now: number): void {
    if (expiresAt <= now) return;
    // They expire about in the order in which they were added.
    for (const [tag, expiry] of this.#expiryOfTag) {
      if (expiry > now && this.#expiryOfTag.size < maximumRemembered) break;
      this.#expiryOfTag.delete(tag);
    }
    this.#expiryOfTag.set(localTag, expiresAt);
  }

  /** Whether a cookie with such a tag has been used. */
  has(localTag: number): boolean {
    return this.#expiryOfTag.has(localTag);
  }
}
