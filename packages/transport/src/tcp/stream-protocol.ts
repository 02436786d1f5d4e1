import type { InboundMessage, LossReason, OutboundMessage } from '../contract/association.ts';
import type { Hello } from './framing/hello.ts';

/** What a {@link StreamProtocol} may do to the association that it works for. */
export interface StreamOwner {
  /** Writes bytes that belong to no message. */
  write(bytes: Uint8Array): void;
  /** How many bytes wait to be written. */
  unwrittenBytes(): number;
  /** Whether the owner's slowness keeps the socket from being read. */
  isReadingStopped(): boolean;
  /** The association is up; `hello` is what the peer said about itself, where the protocol has that. */
  establish(hello: Hello | undefined): void;
  /** A message arrived. */
  deliver(message: InboundMessage): void;
  /** The association is gone. For what the peer did wrong, it is told so. */
  lose(reason: LossReason): void;
}

/** Where the bytes of a message go. */
export interface ByteSink {
  /**
   * Takes a part of a message.
   *
   * @param part - The bytes. Those of less than 4,096 are copied at once, so that the caller can use them again; longer ones
   *   must not be changed any more.
   */
  put(part: Uint8Array): void;
}

/** How messages become the bytes of one TCP connection, and back. */
export interface StreamProtocol {
  /** The connection is there. */
  start(): void;
  /**
   * Whether a message can be carried.
   *
   * @throws RserpoolError where it cannot.
   */
  check(message: OutboundMessage): void;
  /** Makes bytes of a message that was checked. */
  encode(message: OutboundMessage, sink: ByteSink): void;
  /** Bytes arrived. Never throws. */
  receive(chunk: Uint8Array): void;
  /** The peer ends its direction: what that means. */
  end(): LossReason;
  /** The owner is slow, so that the socket is not read any more. */
  readingStopped(): void;
  /** The socket is read again. */
  readingResumed(): void;
  /** What tells the peer of a graceful close, before the connection is ended. */
  readonly farewell: Uint8Array | undefined;
  /** What tells the peer of an abort; without it the connection is reset. */
  readonly abortNotice: Uint8Array | undefined;
  /** Stops all timers. */
  stop(): void;
}
