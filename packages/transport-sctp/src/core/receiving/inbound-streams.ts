import { OutputQueue } from '@rserpool/wire/internal';
import type { MessageOutput } from './message-output.ts';

/** A stream of the peer. */
interface InboundStream {
  /** The stream sequence number that may be delivered next. */
  next: number;
  /** Messages that wait for their turn, by their stream sequence number. */
  held: Map<number, MessageOutput> | undefined;
}

/**
 * Delivers whole messages: unordered ones at once, ordered ones in the order of their stream (RFC 9260 sections 6.5 and
 * 6.6). Streams do not wait for one another.
 */
export class InboundStreams {
  readonly #streams = new Map<number, InboundStream>();
  readonly #deliverable = new OutputQueue<MessageOutput>();
  /** The stream that was used last: most often it is the same one again. */
  #lastNumber = -1;
  #last: InboundStream = { next: 0, held: undefined };

  /** The next message that may be delivered. */
  poll(): MessageOutput | undefined {
    return this.#deliverable.take();
  }

  /** Takes an unordered message. */
  addUnordered(message: MessageOutput): void {
    this.#deliverable.push(message);
  }

  /**
   * Takes an ordered message.
   *
   * @returns `false` where another one with its stream sequence number is still waiting.
   */
  addOrdered(message: MessageOutput, streamSequenceNumber: number): boolean {
    const stream = this.#stream(message.stream);
    if (streamSequenceNumber !== stream.next) {
      stream.held ??= new Map();
      if (stream.held.has(streamSequenceNumber)) return false;
      stream.held.set(streamSequenceNumber, message);
      return true;
    }
    this.#deliverable.push(message);
    stream.next = (stream.next + 1) & 0xffff;
    if (stream.held !== undefined) this.#release(stream, stream.held);
    return true;
  }

  #release(stream: InboundStream, held: Map<number, MessageOutput>): void {
    for (let message = held.get(stream.next); message !== undefined; message = held.get(stream.next)) {
      held.delete(stream.next);
      this.#deliverable.push(message);
      stream.next = (stream.next + 1) & 0xffff;
    }
    if (held.size === 0) stream.held = undefined;
  }

  #stream(number: number): InboundStream {
    if (number === this.#lastNumber) return this.#last;
    let stream = this.#streams.get(number);
    if (stream === undefined) {
      stream = { next: 0, held: undefined };
      this.#streams.set(number, stream);
    }
    this.#lastNumber = number;
    this.#last = stream;
    return stream;
  }
}
