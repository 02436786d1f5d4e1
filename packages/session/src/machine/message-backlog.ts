import { OutputQueue } from '@rserpool/wire/internal';
import type { SessionMessage } from './session-message.ts';

/**
 * Messages that wait for an association or for room in it, in their order, and how many bytes they are: what
 * RFC 5352 section 6.5.1 holds "in queue while awaiting the response from the ENRP server", bounded.
 */
export class MessageBacklog {
  #messages: OutputQueue<SessionMessage> = new OutputQueue();
  #bytes = 0;
  /** How many of them must not go to another element; nothing is searched while there is none. */
  #withoutFailover = 0;

  /** How many messages wait. */
  get size(): number {
    return this.#messages.size;
  }

  /** How many bytes they have together. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Adds a message at the end.
   *
   * @param message - What waits.
   */
  push(message: SessionMessage): void {
    this.#messages.push(message);
    this.#bytes += message.data.length;
    if (message.failover === false) this.#withoutFailover += 1;
  }

  /** Takes the first message, or `undefined` when none waits. */
  take(): SessionMessage | undefined {
    const message = this.#messages.take();
    if (message !== undefined) {
      this.#bytes -= message.data.length;
      if (message.failover === false) this.#withoutFailover -= 1;
    }
    return message;
  }

  /** Takes out the messages that must not go to another element, in their order. */
  takeWithoutFailover(): readonly SessionMessage[] {
    const taken: SessionMessage[] = [];
    if (this.#withoutFailover === 0) return taken;
    const kept: SessionMessage[] = [];
    for (let message = this.take(); message !== undefined; message = this.take()) {
      (message.failover === false ? taken : kept).push(message);
    }
    for (const message of kept) this.push(message);
    return taken;
  }

  /**
   * Puts messages that were taken back before all others.
   *
   * @param messages - In their order.
   */
  putBack(messages: readonly SessionMessage[]): void {
    if (messages.length === 0) return;
    const later = this.#messages;
    this.#messages = new OutputQueue();
    for (const message of messages) this.push(message);
    for (let message = later.take(); message !== undefined; message = later.take()) {
      this.#messages.push(message);
    }
  }
}
