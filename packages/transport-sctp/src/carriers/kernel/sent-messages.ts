import type { OutboundMessage } from '@rserpool/transport';

/** What a message takes in the kernel at least beside its bytes. */
const overheadBytes = 64;
/** So many may be kept before the kernel is asked to tell when it holds none. */
const keptUnasked = 64;

/** Options of {@link SentMessages}. */
export interface SentMessagesOptions {
  /** The size of the kernel's send buffer, in bytes. */
  readonly maximumBytes: number;
  /**
   * Asks the kernel to tell when it holds no message any more, at once where it holds none, or to tell no longer. Being
   * told each time would cost a call for each message where one is sent at a time.
   */
  readonly askWhenDry: (isAsked: boolean) => void;
}

/**
 * The messages that the kernel may still hold, so that those that fail can be told. The kernel is asked when it holds none
 * as soon as many are kept, or none was sent for a while; until then, it cannot hold more than its send buffer, so that
 * older ones are delivered.
 */
export class SentMessages {
  readonly #options: SentMessagesOptions;
  readonly #messages: Map<number, OutboundMessage> = new Map();
  #bytes = 0;
  #next = 0;
  #nextAtLook = 0;
  #isAsked = false;

  constructor(options: SentMessagesOptions) {
    this.#options = options;
  }

  /** The context that the next message gets; one more for each that follows. */
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
      if (this.#bytes <= this.#options.maximumBytes) break;
      this.#messages.delete(context);
      this.#bytes -= oldest.data.length + overheadBytes;
    }
    if (this.#messages.size >= keptUnasked) this.#ask();
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

  /** To be called now and then: where none was sent since the last time, those that are kept need not be for long. */
  look(): void {
    if (this.#messages.size > 0 && this.#next === this.#nextAtLook) this.#ask();
    this.#nextAtLook = this.#next;
  }

  /** The kernel holds none any more. */
  clear(): void {
    this.#messages.clear();
    this.#bytes = 0;
    if (!this.#isAsked) return;
    this.#isAsked = false;
    this.#options.askWhenDry(false);
  }

  #ask(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#options.askWhenDry(true);
  }
}
