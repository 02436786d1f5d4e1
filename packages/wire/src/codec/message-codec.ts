import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** How one message is read and written. A new message is a file with one of these, and a line in the protocol's table. */
export interface MessageCodec<Message> {
  /** The 8-bit message type. */
  readonly number: number;
  /**
   * Reads a message behind its header.
   *
   * @param reader - Stands behind the message header; the message is its container.
   * @param flags - The 8 message flags.
   * @returns `undefined` where the reader has noted a failure.
   */
  decode(reader: Reader, flags: number): Message | undefined;
  /**
   * Writes a message behind its header.
   *
   * @param writer - Stands behind the message header.
   * @param message - What to write.
   */
  encode(writer: Writer, message: Message): void;
}

/** The codecs of a protocol by the names of its messages: complete, or it does not compile. */
export type MessageCodecs<Message extends { readonly type: string }> = {
  readonly [Type in Message['type']]: MessageCodec<Extract<Message, { readonly type: Type }>>;
};
