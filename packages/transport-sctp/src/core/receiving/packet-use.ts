import type { MessageOutput } from './message-output.ts';

/** A packet is kept where at least this part of it is user data of messages. */
const leastPart = 1 / 4;

const nothing = new Uint8Array(0);

/** A message whose data may still be replaced by a copy. */
type OpenMessage = { -readonly [Field in keyof MessageOutput]: MessageOutput[Field] };

/**
 * Messages are views of their packet, which costs nothing, as long as the packet is mostly messages. Where a peer wraps a
 * byte in a packet of other chunks, whoever keeps the message would keep the packet: then it is copied.
 */
export class PacketUse {
  readonly #messages: OpenMessage[] = [];
  #packet: Uint8Array = nothing;
  #usedBytes = 0;

  /** Whether so many bytes are little of their packet. */
  static isWasteful(bytes: number, packet: Uint8Array): boolean {
    return bytes < leastPart * packet.length;
  }

  /** The first DATA chunk of a packet is there. */
  begin(packet: Uint8Array): void {
    this.#packet = packet;
  }

  /** A message is a view of the packet. */
  add(message: OpenMessage): void {
    this.#messages.push(message);
    this.#usedBytes += message.data.length;
  }

  /** The packet is processed; its messages were not polled yet. */
  end(): void {
    if (PacketUse.isWasteful(this.#usedBytes, this.#packet)) {
      for (const message of this.#messages) message.data = message.data.slice();
    }
    this.#messages.length = 0;
    this.#usedBytes = 0;
    this.#packet = nothing;
  }
}
