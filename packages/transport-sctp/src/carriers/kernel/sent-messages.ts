import type { OutboundMessage } from '@rserpool/transport';

/** What a message takes in the kernel at least beside its bytes. */
const overheadBytes = 64;

/**
 * The messages that the kernel may still hold, so that those that fail can be told. The kernel tells when it holds none;
 * until then, it cannot hold more than its send buffer, so that older ones are delivered.
 */
export class SentMessages {
  readonly #maximumBytes: number;
  readonly #messages: Map<number, OutboundMessage> = new Map();
  #bytes = 0;
  #next = 0;

  /**
   * @param maximumBytes - The size of the kernel's send buffer.
   */
  constructor(maximumBytes: number) {
    this.#maximumBytes = maximumBytes;
  }

  /** The context that the next message gets. */
  get nextContext(): number {
    return this.#next;
  }

  /**
   * The kernel has taken a message, with {@link nextContext}.
   *
   * @param message - The message.
   */
  add(message: OutboundMessage): void {
    this.#messages.set(this.#next, message);
    this.#next = (this.#next + 1) >>> 0;
    this.#bytes += message.data.length + overheadBytes;
    for (const [context, oldest] of this.#messages) {
      if (this.#bytes <= this.#maximumBytes) break;
      this.#messages.delete(context);
      this.#bytes -= oldest.data.length + overheadBytes;
    }
  }

  /**
   * A message failed; `undefined` where that was told already, for another of its fragments.
   *
   * @param context - Its context.
   */
  take(context: number): OutboundMessage | undefined {
    const message = this.#messages.get(context);
    if (message === undefined) return undefined;
    this.#messages.delete(context);
    this.#bytes -= message.data.length + overheadBytes;
    return message;
  }

  /** The kernel holds none any more. */
  clear(): void {
    this.#messages.clear();
    this.#bytes = 0;
  }
}
