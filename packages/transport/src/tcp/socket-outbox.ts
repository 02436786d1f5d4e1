import type { Socket } from 'node:net';
import type { OutboundMessage } from '../contract/association.ts';
import { Fifo } from '../core/fifo.ts';
import type { ByteSink } from './stream-protocol.ts';

/** What a write costs beside its bytes, so that many small messages count for what they are. */
const writeOverheadBytes = 64;

/** Where short parts are collected. */
const bufferBytes = 16_384;

/** From how many collected bytes on they are written at once: the peer can begin while the rest is being made. */
const batchBytes = 4096;

/** Copying a shorter part costs less than handing it over by itself. */
const longPartBytes = 4096;

/** Buffers that nobody uses at present; an idle association has none. */
const spareBuffers: Buffer[] = [];
const maximumSpareBuffers = 16;

/**
 * Writes to a socket, and knows which messages have not left this host. What is written within one turn of the event
 * loop goes out together, a few kilobytes at a time.
 */
export class SocketOutbox implements ByteSink {
  readonly #socket: Socket;
  readonly #onProgress: () => void;
  readonly #unsent: Fifo<OutboundMessage | undefined> = new Fifo();
  /** How many messages each write to the socket has that is under way. */
  readonly #batches: Fifo<number> = new Fifo();
  /** What is not written yet: finished segments, and one that is being filled. */
  #segments: Uint8Array[] = [];
  #buffer: Buffer | undefined;
  #begin = 0;
  #end = 0;
  #collectedBytes = 0;
  #collectedMessages = 0;
  #isFlushing = false;
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
    return this.#socket.writableLength + this.#collectedBytes + this.#unsent.length * writeOverheadBytes;
  }

  /**
   * Begins a message, whose parts follow with {@link put}.
   *
   * @param message - The message that they are, if any.
   */
  begin(message: OutboundMessage | undefined): void {
    if (this.#collectedBytes >= batchBytes) this.#flush();
    this.#unsent.push(message);
    this.#collectedMessages += 1;
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    process.nextTick(this.#flushAtEnd);
  }

  /**
   * Adds a part of the message that was begun.
   *
   * @param part - The bytes. Short ones are copied; long ones must not be changed any more.
   */
  put(part: Uint8Array): void {
    this.#collectedBytes += part.length;
    if (part.length >= longPartBytes) {
      this.#endSegment();
      this.#segments.push(part);
      return;
    }
    if (this.#end + part.length > bufferBytes) this.#dropBuffer();
    this.#buffer ??= spareBuffers.pop() ?? Buffer.allocUnsafeSlow(bufferBytes);
    this.#buffer.set(part, this.#end);
    this.#end += part.length;
  }

  /**
   * Writes bytes that belong to no message.
   *
   * @param bytes - The bytes.
   */
  write(bytes: Uint8Array): void {
    if (this.#isClosed) return;
    this.begin(undefined);
    this.put(bytes);
  }

  /** Ends this direction after all that was written. */
  end(): void {
    this.#flush();
    this.#socket.end();
  }

  /** The messages that have not left this host; nothing is written any more. */
  close(): OutboundMessage[] {
    this.#isClosed = true;
    const unsent = this.unsent();
    this.#unsent.clear();
    this.#segments = [];
    this.#dropBuffer();
    this.#collectedBytes = 0;
    this.#collectedMessages = 0;
    return unsent;
  }

  /** The messages that have not left this host. */
  unsent(): OutboundMessage[] {
    return this.#unsent.all().flatMap((message) => (message === undefined ? [] : [message]));
  }

  readonly #flushAtEnd = (): void => {
    this.#isFlushing = false;
    this.#flush();
  };

  #flush(): void {
    if (this.#collectedMessages === 0) return;
    this.#endSegment();
    const segments = this.#segments;
    this.#batches.push(this.#collectedMessages);
    this.#segments = [];
    this.#collectedBytes = 0;
    this.#collectedMessages = 0;
    const last = segments.length - 1;
    if (last > 0) this.#socket.cork();
    for (const [index, segment] of segments.entries()) {
      if (index === last) this.#socket.write(segment, this.#onWritten);
      else this.#socket.write(segment);
    }
    if (last > 0) this.#socket.uncork();
    // With nothing left the system has taken all of it, and the buffer can be filled again.
    if (this.#socket.writableLength === 0) this.#spareBuffer();
    else this.#dropBuffer();
  }

  #endSegment(): void {
    if (this.#buffer === undefined || this.#end === this.#begin) return;
    this.#segments.push(this.#buffer.subarray(this.#begin, this.#end));
    this.#begin = this.#end;
  }

  #spareBuffer(): void {
    if (this.#buffer !== undefined && spareBuffers.length < maximumSpareBuffers) {
      spareBuffers.push(this.#buffer);
    }
    this.#dropBuffer();
  }

  #dropBuffer(): void {
    this.#endSegment();
    this.#buffer = undefined;
    this.#begin = 0;
    this.#end = 0;
  }

  // One function for all writes: the system takes them in order, so the oldest is meant.
  readonly #onWritten = (error?: Error | null): void => {
    // Of a socket that is destroyed, Node reports what was under way as written.
    if ((error !== undefined && error !== null) || this.#socket.destroyed) return;
    for (let count = this.#batches.shift() ?? 0; count > 0; count--) this.#unsent.shift();
    this.#onProgress();
  };
}
