import type { OutboundMessage } from '@rserpool/transport';

/** So many places that were used may be left at the front before the others move up. */
const unusedPlaces = 1024;

/** Messages that wait for the kernel, in order; taking some costs nothing for those behind them. */
export class WaitingMessages {
  #messages: OutboundMessage[] = [];
  #first = 0;

  /** How many wait. */
  get count(): number {
    return this.#messages.length - this.#first;
  }

  /** All that wait, from the place {@link first} on. */
  get messages(): readonly OutboundMessage[] {
    return this.#messages;
  }

  /** The place of the one that has waited longest. */
  get first(): number {
    return this.#first;
  }

  /**
   * One more waits.
   *
   * @param message - The message.
   */
  push(message: OutboundMessage): void {
    this.#messages.push(message);
  }

  /**
   * Removes those that have waited longest.
   *
   * @param count - How many, at most {@link count}.
   * @returns The removed ones.
   */
  shift(count: number): readonly OutboundMessage[] {
    const end = this.#first + count;
    if (this.#first === 0 && end === this.#messages.length) return this.take();
    const shifted = this.#messages.slice(this.#first, end);
    this.#first = end;
    if (this.#first >= unusedPlaces || this.count === 0) {
      this.#messages.splice(0, this.#first);
      this.#first = 0;
    }
    return shifted;
  }

  /** Removes all. */
  take(): readonly OutboundMessage[] {
    const taken = this.#first === 0 ? this.#messages : this.#messages.slice(this.#first);
    this.#messages = [];
    this.#first = 0;
    return taken;
  }
}
