import type { Socket } from 'node:net';
import type { OutboundMessage } from '../contract/association.ts';
import { Fifo } from '../core/fifo.ts';

/** What a write costs beside its bytes, so that many small messages count for what they are. */
const writeOverheadBytes = 64;

/**
 * Writes to a socket, and knows which messages have not left this host. What is written within one turn of the event
 * loop goes out together.
 */
export class SocketOutbox {
  readonly #socket: Socket;
  readonly #onProgress: () => void;
  readonly #unsent: Fifo<OutboundMessage | undefined> = new Fifo();
  #isCorked = false;
  #isClosed = false;

  /**
   * @param socket - Where to write.
   * @param onProgress - Fewer bytes wait than before.
   */
  constructor(socket: Socket, onProgress: () => void) {
    this.#socket = socket;
    this.#onProgress = onProgress;
  }

  /** How many bytes wait to be taken by the system, with what each message costs beside them. */
  get bytes(): number {
    return this.#socket.writableLength + this.#unsent.length * writeOverheadBytes;
  }

  /**
   * Writes parts that belong together.
   *
   * @param parts - At least one.
   * @param message - The message that they are, if any.
   */
  write(parts: readonly Uint8Array[], message?: OutboundMessage): void {
    if (this.#isClosed) return;
    this.#cork();
    this.#unsent.push(message);
    const last = parts.length - 1;
    for (const [index, part] of parts.entries()) {
      if (index === last) this.#socket.write(part, this.#onWritten);
      else this.#socket.write(part);
    }
  }

  /** Ends this direction after all that was written. */
  end(): void {
    this.#uncork();
    this.#socket.end();
  }

  /** The messages that have not left this host; nothing is written any more. */
  close(): OutboundMessage[] {
    this.#isClosed = true;
    const unsent = this.unsent();
    this.#unsent.clear();
    return unsent;
  }

  /** The messages that have not left this host. */
  unsent(): OutboundMessage[] {
    return this.#unsent.all().flatMap((message) => (message === undefined ? [] : [message]));
  }

  #cork(): void {
    if (this.#isCorked) return;
    this.#isCorked = true;
    this.#socket.cork();
    process.nextTick(() => this.#uncork());
  }

  #uncork(): void {
    if (!this.#isCorked) return;
    this.#isCorked = false;
    this.#socket.uncork();
  }

  // One function for all writes: the system takes them in order, so the oldest is meant.
  readonly #onWritten = (error?: Error | null): void => {
    // Of a socket that is destroyed, Node reports what was under way as written.
    if ((error !== undefined && error !== null) || this.#socket.destroyed) return;
    this.#unsent.shift();
    this.#onProgress();
  };
}
