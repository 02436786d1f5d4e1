import type {
  AssociationHandlers,
  InboundMessage,
  LossReason,
  OutboundMessage,
} from '../contract/association.ts';
import { Fifo } from './fifo.ts';

/** What a waiting message costs beside its bytes, so that empty messages count too. */
const messageOverheadBytes = 64;

/** Options of {@link Inbox}. */
export interface InboxOptions {
  /** From how many waiting bytes on the peer is held up. */
  readonly highWaterMarkBytes: number;
  /** The mark is reached: stop taking in more. */
  readonly onFull: () => void;
  /** Half of the mark is free again: go on. */
  readonly onRoom: () => void;
  /** A message was handed over; for transports that tell the peer how much room there is. */
  readonly onDelivered?: (message: InboundMessage) => void;
}

/**
 * The receiving side of an association, the same for all transports: messages wait for their handler or while the
 * association is paused, and a loss comes after them.
 */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #waiting: Fifo<InboundMessage> = new Fifo();
  #waitingBytes = 0;
  #handlers: AssociationHandlers = {};
  #paused = false;
  #held = false;
  #full = false;
  #loss: LossReason | undefined;
  #writable = false;
  #failed: OutboundMessage[] = [];
  #closed = false;
  #flushing = false;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /** What the owner wants to be told. */
  get handlers(): AssociationHandlers {
    return this.#handlers;
  }

  set handlers(handlers: AssociationHandlers) {
    this.#handlers = handlers;
    this.#flushLater();
  }

  /** Whether the mark is reached. */
  get isFull(): boolean {
    return this.#full;
  }

  /**
   * Takes a message in and delivers it, where nothing stands in the way.
   *
   * @param message - The message, whose bytes are the receiver's from now on.
   */
  push(message: InboundMessage): void {
    if (this.#closed || this.#loss !== undefined) return;
    if (this.#isOpen() && this.#waiting.length === 0 && !this.#flushing) {
      this.#handlers.message?.(message);
      this.#options.onDelivered?.(message);
      return;
    }
    this.#waiting.push(message);
    this.#waitingBytes += message.data.length + messageOverheadBytes;
    if (!this.#full && this.#waitingBytes >= this.#options.highWaterMarkBytes) {
      this.#full = true;
      this.#options.onFull();
    }
  }

  /**
   * The association is gone: tells it after what still waits. Only the first call counts.
   *
   * @param reason - Why.
   * @param unsent - The messages that did not leave this host.
   */
  end(reason: LossReason, unsent: readonly OutboundMessage[] = []): void {
    if (this.#closed || this.#loss !== undefined) return;
    this.#loss = reason;
    this.#failed = [...unsent];
    this.#flush();
  }

  /** Tells that there is room to send. */
  notifyWritable(): void {
    if (this.#closed || this.#loss !== undefined) return;
    if (this.#held) this.#writable = true;
    else this.#handlers.writable?.();
  }

  /**
   * The owner closed the association: drops what waits and tells nothing any more, but of messages that did not leave
   * this host.
   */
  close(): void {
    this.#closed = true;
    this.#waiting.clear();
    this.#waitingBytes = 0;
    this.#full = false;
  }

  /**
   * Tells of messages that did not leave this host after the owner closed the association.
   *
   * @param unsent - The messages.
   */
  failAfterClose(unsent: readonly OutboundMessage[]): void {
    for (const message of unsent) this.#handlers.sendFailed?.(message);
  }

  /** Stops the delivery at the owner's wish. */
  pause(): void {
    this.#paused = true;
  }

  /** Goes on with the delivery after the current code has run. */
  resume(): void {
    this.#paused = false;
    this.#flushLater();
  }

  /** Stops everything that the owner is told, because its whole process stands still. */
  hold(): void {
    this.#held = true;
  }

  /** Ends {@link hold}. */
  release(): void {
    this.#held = false;
    this.#flushLater();
  }

  #isOpen(): boolean {
    return !this.#closed && !this.#paused && !this.#held && this.#handlers.message !== undefined;
  }

  #flushLater(): void {
    queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    if (this.#writable && !this.#held) {
      this.#writable = false;
      this.notifyWritable();
    }
    try {
      while (this.#waiting.length > 0 && this.#isOpen()) this.#deliverFirst();
    } finally {
      this.#flushing = false;
    }
    this.#tellLoss();
  }

  #deliverFirst(): void {
    const message = this.#waiting.shift();
    if (message === undefined) return;
    this.#waitingBytes -= message.data.length + messageOverheadBytes;
    this.#handlers.message?.(message);
    this.#options.onDelivered?.(message);
    if (this.#full && this.#waitingBytes <= this.#options.highWaterMarkBytes / 2) {
      this.#full = false;
      if (!this.#closed) this.#options.onRoom();
    }
  }

  #tellLoss(): void {
    if (this.#loss === undefined || this.#closed || this.#held) return;
    if (this.#waiting.length > 0) return;
    // A paused owner is told of a loss when no message waits before it; one without any handler yet is not.
    if (this.#handlers.message === undefined && this.#handlers.lost === undefined) return;
    this.#closed = true;
    for (const message of this.#failed) this.#handlers.sendFailed?.(message);
    this.#handlers.lost?.(this.#loss);
  }
}
