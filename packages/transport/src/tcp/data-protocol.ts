import type { LossReason, OutboundMessage } from '../contract/association.ts';
import type { ByteSink, StreamOwner, StreamProtocol } from './stream-protocol.ts';

/** The bytes of a TCP connection as they are: for a pool whose elements serve TCP themselves. */
export class DataProtocol implements StreamProtocol {
  readonly farewell: undefined;
  readonly abortNotice: undefined;
  readonly #owner: StreamOwner;

  constructor(owner: StreamOwner) {
    this.#owner = owner;
  }

  start(): void {
    this.#owner.establish(undefined);
  }

  check(): void {
    // All bytes can be carried.
  }

  encode(message: OutboundMessage, sink: ByteSink): void {
    sink.put(message.data);
  }

  receive(chunk: Uint8Array): void {
    // A plain view, so that no Buffer with its own methods reaches the owner.
    const data = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#owner.deliver({ data, payloadProtocolIdentifier: 0, stream: 0, unordered: false });
  }

  end(): LossReason {
    return 'closed-by-peer';
  }

  readingResumed(): void {
    // Nothing is supervised here.
  }

  readingStopped(): void {
    // Nothing is supervised here.
  }

  stop(): void {
    // There is no timer.
  }
}
