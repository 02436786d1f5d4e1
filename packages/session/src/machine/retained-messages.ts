import type { SessionMessage } from './session-message.ts';

/**
 * The messages that were sent since the last cookie, for the delivery option `sinceCookie`: what the next element
 * has to be sent again after the ASAP_COOKIE_ECHO, because the state in the cookie may not contain it.
 *
 * A cookie covers what its element had taken when it made the cookie. An element that announces that number
 * ({@link cookieCoverageParameterType}) lets messages that were still under way be kept; of other elements a cookie
 * is taken to cover all that was sent before it came.
 */
export class RetainedMessages {
  #messages: SessionMessage[] = [];
  #bytes = 0;
  /** How many messages were sent on this association, and how many of them are covered. */
  #sent = 0;
  #covered = 0;
  /** Whether the element may take them in another order than they were sent in: then a number names no prefix. */
  #isOrdered = true;

  /** How many bytes are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** A new association is up. Returns what has to be sent on it first, in order; it stays kept. */
  restart(): readonly SessionMessage[] {
    const messages = this.#messages;
    this.#messages = [];
    this.#bytes = 0;
    this.#sent = 0;
    this.#covered = 0;
    this.#isOrdered = true;
    for (const message of messages) this.append(message);
    return messages;
  }

  /**
   * A message is being sent.
   *
   * @param message - What to keep.
   */
  append(message: SessionMessage): void {
    if (message.unordered || message.stream !== 0) this.#isOrdered = false;
    this.#messages.push(message);
    this.#bytes += message.data.length;
    this.#sent += 1;
  }

  /**
   * A cookie came: drops what it covers.
   *
   * @param coverage - How many messages of this association the element had taken, where it announced that.
   */
  cover(coverage: number | undefined): void {
    if (coverage === undefined || coverage >= this.#sent) {
      this.clear();
      this.#covered = this.#sent;
    } else if (this.#isOrdered) {
      const dropped = this.#messages.splice(0, coverage - this.#covered);
      for (const message of dropped) this.#bytes -= message.data.length;
      this.#covered += dropped.length;
    }
  }

  /** Takes out what must not be sent again: to be called when the association is gone, before {@link restart}. */
  takeWithoutFailover(): readonly SessionMessage[] {
    const taken = this.#messages.filter(({ failover }) => failover === false);
    if (taken.length === 0) return taken;
    this.#messages = this.#messages.filter(({ failover }) => failover !== false);
    for (const { data } of taken) this.#bytes -= data.length;
    return taken;
  }

  /** Forgets everything: the element has no control channel, and so no cookie can ever cover anything. */
  clear(): void {
    this.#messages = [];
    this.#bytes = 0;
  }
}
