import type { InboundMessage, OutboundMessage } from '@rserpool/transport';
import type { NativePoll, NativeSockets } from '../native/native-sockets.ts';
import { type MessageReceiver, messagesPerCall, type Received } from './message-receiver.ts';
import type { MessageSender } from './message-sender.ts';
import { decodeNotification, type KernelNotification } from './notifications.ts';
import { ReadingOn } from './reading-on.ts';
import { SendFlag } from './sctp-constants.ts';
import { SentMessages } from './sent-messages.ts';
import { WaitingMessages } from './waiting-messages.ts';

/** How many messages are read in a row before others get their turn. */
const messagesPerTurn = 64;
/** A message that is longer gains nothing from waiting for others. */
const bytesAtOnce = 2048;

/** Options of {@link KernelChannel}. */
export interface KernelChannelOptions {
  /** The system calls. */
  readonly native: Pick<NativeSockets, 'poll' | 'close'>;
  /** What receives, for all sockets of the endpoint. */
  readonly receiver: MessageReceiver;
  /** What sends, for all sockets of the endpoint. */
  readonly sender: MessageSender;
  /** The socket, which belongs to the channel from now on. */
  readonly descriptor: number;
  /** The longest message that is put together. */
  readonly maximumMessageBytes: number;
  /** The kernel's send buffer, in bytes. */
  readonly sendBufferBytes: number;
  /** A message arrived. */
  readonly onMessage: (message: InboundMessage) => void;
  /** The kernel tells something. */
  readonly onNotification: (notification: KernelNotification) => void;
  /** The kernel has taken so many bytes that had waited. */
  readonly onTaken: (bytes: number) => void;
  /** Asks the kernel to tell when it holds no message any more, or to tell no longer. */
  readonly askWhenDry: (isAsked: boolean) => void;
  /** A message got longer than allowed. */
  readonly onTooLong: () => void;
}

/** The socket of one association: messages in and out, and what waits because the kernel has no room. */
export class KernelChannel {
  readonly sent: SentMessages;
  readonly #options: KernelChannelOptions;
  readonly #poll: NativePoll;
  readonly #waiting: WaitingMessages = new WaitingMessages();
  readonly #readingOn: ReadingOn = new ReadingOn();
  readonly #onReady: () => void = () => this.#turn();
  readonly #onLater: () => void = () => this.#flush();
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  #isInNotification = false;
  #isReading = true;
  /** What waits is sent in any case when all that was read has been dealt with. */
  #isInTurn = false;
  #isFlushing = false;
  /** The kernel has no room. */
  #isFull = false;
  #isEnding = false;
  #isClosed = false;

  constructor(options: KernelChannelOptions) {
    this.#options = options;
    const { native, descriptor, sendBufferBytes, askWhenDry } = options;
    this.sent = new SentMessages({ maximumBytes: sendBufferBytes, askWhenDry });
    this.#poll = native.poll(descriptor, this.#onReady);
  }

  /**
   * Sends a message: together with others that are sent at once, or when the kernel has room.
   *
   * @param message - The message.
   */
  send(message: OutboundMessage): void {
    if (this.#isClosed) return;
    this.#waiting.push(message);
    if (this.#isFlushing || this.#isFull) return;
    if (this.#waiting.count >= messagesPerCall || message.data.length > bytesAtOnce) this.#flush();
    else if (!this.#isInTurn && this.#waiting.count === 1) queueMicrotask(this.#onLater);
  }

  /** Ends the association gracefully after what waits. */
  shutdown(): void {
    this.#isEnding = true;
    this.#flush();
  }

  /** Ends it at once. */
  abort(): void {
    this.#waiting.take();
    this.#end(SendFlag.abort);
  }

  /** Stops reading, so that the kernel closes the receive window, or goes on. */
  setReading(isReading: boolean): void {
    if (this.#isReading === isReading || this.#isClosed) return;
    this.#isReading = isReading;
    this.#watch();
  }

  /** What waits and was not given to the kernel. */
  takeWaiting(): readonly OutboundMessage[] {
    return this.#waiting.take();
  }

  /** Reads what is there, whatever it is; after the end of an association, that is about messages that failed. */
  drain(): void {
    while (!this.#isClosed && this.#read() > 0);
  }

  /** Frees the socket. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#poll.close();
    this.#options.native.close(this.#options.descriptor);
  }

  #end(flags: number): void {
    const { sender, descriptor } = this.#options;
    if (this.#isClosed) return;
    sender.send(descriptor, 0, { data: new Uint8Array(0), payloadProtocolIdentifier: 0 }, flags, 0);
  }

  #watch(): void {
    const readable = this.#isReading;
    const writable = this.#isFull;
    if (readable || writable) this.#poll.start({ readable, writable }, this.#onReady);
    else this.#poll.stop();
  }

  /** The kernel has something to read, or room again. */
  #turn(): void {
    const wasFull = this.#isFull;
    this.#isFull = false;
    try {
      this.#readAndAnswer();
    } finally {
      this.#isInTurn = false;
      this.#flush();
      if (wasFull && !this.#isFull && !this.#isClosed) this.#watch();
    }
  }

  #readAndAnswer(): void {
    this.#isInTurn = true;
    let isExtra = false;
    for (let count = 0; count < messagesPerTurn && this.#isReading && !this.#isClosed; ) {
      const read = this.#read();
      this.#flush();
      count += read;
      if (isExtra) this.#readingOn.tried(read > 0);
      if (read === 0) return;
      isExtra = read < messagesPerCall;
      if (isExtra && !this.#readingOn.isWorthwhile()) return;
    }
  }

  /** Reads once; tells how much it was. */
  #read(): number {
    const { receiver, descriptor } = this.#options;
    const count = receiver.receive(descriptor, messagesPerCall);
    for (let slot = 0; slot < count && !this.#isClosed; slot += 1) this.#received(receiver.at(slot));
    return count;
  }

  /** Gives what waits to the kernel, as far as it has room. */
  #flush(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    while (this.#waiting.count > 0 && !this.#isFull && !this.#isClosed) this.#hand();
    this.#isFlushing = false;
    if (this.#isEnding && this.#waiting.count === 0) {
      this.#isEnding = false;
      this.#end(SendFlag.endOfAssociation);
    }
  }

  /** Gives the kernel some messages. One that it refuses is lost with the association. */
  #hand(): void {
    const { sender, descriptor, onTaken } = this.#options;
    const { messages, first } = this.#waiting;
    const result = sender.sendSome(descriptor, messages, first, this.sent.nextContext);
    if (result === 'full') {
      this.#isFull = true;
      this.#watch();
      return;
    }
    let bytes = 0;
    for (const message of this.#waiting.shift(result === 'failed' ? 1 : result)) {
      this.sent.add(message);
      bytes += message.data.length;
    }
    onTaken(bytes);
  }

  #received(received: Received): void {
    const { maximumMessageBytes, onMessage, onNotification, onTooLong } = this.#options;
    if (received.isNotification) {
      // What failed is told with its content, which may be long; all that is of interest is in the first part.
      const isContinued = this.#isInNotification;
      this.#isInNotification = !received.isComplete;
      if (isContinued) return;
      const notification = decodeNotification(received.bytes);
      if (notification !== undefined) onNotification(notification);
      return;
    }
    this.#partBytes += received.bytes.length;
    if (this.#partBytes > maximumMessageBytes) {
      onTooLong();
      return;
    }
    // A copy: the bytes are where the next call puts its own.
    this.#parts.push(new Uint8Array(received.bytes));
    if (!received.isComplete) return;
    const data = this.#takeParts();
    const { stream, payloadProtocolIdentifier, unordered } = received;
    onMessage({ data, payloadProtocolIdentifier, stream, unordered });
  }

  #takeParts(): Uint8Array {
    const [first, ...others] = this.#parts;
    const length = this.#partBytes;
    this.#parts = [];
    this.#partBytes = 0;
    if (first === undefined || others.length === 0) return first ?? new Uint8Array(0);
    const whole = new Uint8Array(length);
    let at = 0;
    for (const part of [first, ...others]) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}
