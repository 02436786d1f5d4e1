import type { InboundMessage, OutboundMessage } from '@rserpool/transport';
import type { NativePoll, NativeSockets } from '../native/native-sockets.ts';
import type { MessageIo, Received } from './message-io.ts';
import { decodeNotification, type KernelNotification } from './notifications.ts';
import { SendFlag } from './sctp-constants.ts';
import { SentMessages } from './sent-messages.ts';

/** How many messages are read in a row before others get their turn. */
const messagesPerTurn = 64;

/** Options of {@link KernelChannel}. */
export interface KernelChannelOptions {
  /** The system calls. */
  readonly native: NativeSockets;
  /** Buffers to send and receive with. */
  readonly io: MessageIo;
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
  /** A message got longer than allowed. */
  readonly onTooLong: () => void;
}

/** The socket of one association: messages in and out, and what waits because the kernel has no room. */
export class KernelChannel {
  readonly sent: SentMessages;
  readonly #options: KernelChannelOptions;
  readonly #poll: NativePoll;
  #waiting: OutboundMessage[] = [];
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  #isReading = true;
  #isEnding = false;
  #isClosed = false;
  readonly #onReady: () => void = () => this.#turn();

  constructor(options: KernelChannelOptions) {
    this.#options = options;
    this.sent = new SentMessages(options.sendBufferBytes);
    this.#poll = options.native.poll(options.descriptor, this.#onReady);
  }

  /**
   * Sends a message, now or when the kernel has room.
   *
   * @param message - The message.
   */
  send(message: OutboundMessage): void {
    if (this.#isClosed) return;
    if (this.#waiting.length > 0 || !this.#hand(message)) {
      this.#waiting.push(message);
      if (this.#waiting.length === 1) this.#watch();
    }
  }

  /** Ends the association gracefully after what waits. */
  shutdown(): void {
    this.#isEnding = true;
    if (this.#waiting.length === 0) this.#end(SendFlag.endOfAssociation);
  }

  /** Ends it at once. */
  abort(): void {
    this.#waiting = [];
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
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }

  /** Reads what is there, whatever it is; after the end of an association, that is about messages that failed. */
  drain(): void {
    const { io, descriptor } = this.#options;
    while (!this.#isClosed) {
      const received = io.receive(descriptor);
      if (received === undefined) return;
      this.#received(received);
    }
  }

  /** Frees the socket. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#poll.close();
    this.#options.native.close(this.#options.descriptor);
  }

  #end(flags: number): void {
    const { io, descriptor } = this.#options;
    if (this.#isClosed) return;
    io.send(descriptor, 0, { data: new Uint8Array(0), payloadProtocolIdentifier: 0 }, flags, 0);
  }

  /** Gives a message to the kernel; false where it has no room. One that it refuses is lost with the association. */
  #hand(message: OutboundMessage): boolean {
    const { io, descriptor, onTaken } = this.#options;
    const flags = message.unordered === true ? SendFlag.unordered : 0;
    const result = io.send(descriptor, 0, message, flags, this.sent.nextContext);
    if (result === 'full') return false;
    this.sent.add(message);
    onTaken(message.data.length);
    return true;
  }

  #watch(): void {
    const readable = this.#isReading;
    const writable = this.#waiting.length > 0;
    if (readable || writable) this.#poll.start({ readable, writable }, this.#onReady);
    else this.#poll.stop();
  }

  #turn(): void {
    if (this.#waiting.length > 0) this.#sendWaiting();
    const { io, descriptor } = this.#options;
    for (let count = 0; count < messagesPerTurn && this.#isReading && !this.#isClosed; count += 1) {
      const received = io.receive(descriptor);
      if (received === undefined) return;
      this.#received(received);
    }
  }

  #sendWaiting(): void {
    let taken = 0;
    for (const message of this.#waiting) {
      if (!this.#hand(message)) break;
      taken += 1;
    }
    this.#waiting.splice(0, taken);
    if (this.#waiting.length > 0 || this.#isClosed) return;
    if (this.#isEnding) this.#end(SendFlag.endOfAssociation);
    this.#watch();
  }

  #received(received: Received): void {
    const { maximumMessageBytes, onMessage, onNotification, onTooLong } = this.#options;
    if (received.isNotification) {
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
