import { OutputQueue } from '@rserpool/wire/internal';
import type { SessionMessage } from './session-message.ts';

/**
 * Messages that wait for an association or for room in it, in their order, and how many bytes they are: what
 * RFC 5352 section 6.5.1 holds "in queue while awaiting the response from the ENRP server", bounded.
 */
export class MessageBacklog {
  #messages: OutputQueue<SessionMessage> = new OutputQueue();
  #bytes = 0;

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
  }

  /** Takes the first message, or `undefined` when none waits. */
  take(): SessionMessage | undefined {
    const message = this.#messages.take();
    if (message !== undefined) this.#bytes -= message.data.length;
    return message;
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
