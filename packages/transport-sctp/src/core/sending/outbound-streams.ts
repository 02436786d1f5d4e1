import { OutputQueue } from '@rserpool/wire/internal';
import type { SendInput } from '../sctp-input.ts';

/** A stream with what waits to be sent by it. */
class OutboundStream {
  readonly messages = new OutputQueue<SendInput>();
  /** The stream sequence number of the next ordered message (RFC 9260 section 6.5). */
  next = 0;
}

/**
 * Messages that wait to be sent. Streams that have some take turns, one message each; a message that was begun is
 * finished first, as its fragments have TSNs in sequence (RFC 9260 section 6.9).
 */
export class OutboundStreams {
  /** The message whose turn it is. */
  message: SendInput | undefined;
  /** Its first byte that was not sent. */
  from = 0;
  /** Its stream sequence number; 0 where it is unordered. */
  streamSequenceNumber = 0;
  /** Bytes that were not sent. */
  waitingBytes = 0;
  readonly #streams = new Map<number, OutboundStream>();
  /** Streams with messages that wait, beside the one whose turn it is. */
  readonly #turns = new OutputQueue<OutboundStream>();
  #current: OutboundStream | undefined;
  #lastNumber = -1;
  #last: OutboundStream | undefined;

  /** Puts a message into its stream. */
  add(message: SendInput): void {
    this.waitingBytes += message.data.length;
    const stream = this.#stream(message.stream);
    if (this.#current === undefined) this.#begin(stream, message);
    else {
      // A stream whose turn it is comes into the queue when its message is done.
      if (stream.messages.size === 0 && stream !== this.#current) this.#turns.push(stream);
      stream.messages.push(message);
    }
  }

  /** So many bytes of {@link message} are sent; the next one's turn comes when none is left. */
  advance(bytes: number): void {
    const { message } = this;
    if (message === undefined) return;
    this.waitingBytes -= bytes;
    this.from += bytes;
    if (this.from < message.data.length) return;
    const done = this.#current;
    if (done !== undefined && done.messages.size > 0) this.#turns.push(done);
    const stream = this.#turns.take();
    const next = stream?.messages.take();
    if (stream !== undefined && next !== undefined) {
      this.#begin(stream, next);
      return;
    }
    this.#current = undefined;
    this.message = undefined;
  }

  /** Takes out all messages: the one whose turn it is first, then stream by stream. */
  drain(): SendInput[] {
    const drained: SendInput[] = [];
    if (this.message !== undefined) drained.push(this.message);
    for (const stream of this.#streams.values()) {
      for (let message = stream.messages.take(); message !== undefined; message = stream.messages.take()) {
        drained.push(message);
      }
    }
    while (this.#turns.take() !== undefined);
    this.message = undefined;
    this.#current = undefined;
    this.waitingBytes = 0;
    return drained;
  }

  #begin(stream: OutboundStream, message: SendInput): void {
    this.#current = stream;
    this.message = message;
    this.from = 0;
    if (message.unordered) {
      this.streamSequenceNumber = 0;
    } else {
      this.streamSequenceNumber = stream.next;
      stream.next = (stream.next + 1) & 0xffff;
    }
  }

  #stream(number: number): OutboundStream {
    if (number === this.#lastNumber && this.#last !== undefined) return this.#last;
    let stream = this.#streams.get(number);
    if (stream === undefined) {
      stream = new OutboundStream();
      this.#streams.set(number, stream);
    }
    this.#lastNumber = number;
    this.#last = stream;
    return stream;
  }
}
