import type { PoolElement } from '@rserpool/wire';
import type { SessionMessage } from './machine/session-message.ts';
import { type PoolElementHandle, toPoolElementHandle } from './pool-element-handle.ts';

/** A message of a pool element, with its sender (data.received of RFC 5352 section 6.6). */
export interface ReceivedMessage extends SessionMessage {
  /** The element that sent it. */
  readonly sender: PoolElementHandle;
}

/** Adds the sender to messages; the handle of an element is made once. */
export class Senders {
  readonly #poolHandle: Uint8Array;
  #last: { readonly poolElement: PoolElement; readonly handle: PoolElementHandle } | undefined;

  /**
   * @param poolHandle - The pool of all senders.
   */
  constructor(poolHandle: Uint8Array) {
    this.#poolHandle = poolHandle;
  }

  /**
   * Names the sender.
   *
   * @param message - The message.
   * @param poolElement - The element that it came from.
   */
  name(message: SessionMessage, poolElement: PoolElement): ReceivedMessage {
    if (this.#last?.poolElement !== poolElement) {
      this.#last = { poolElement, handle: toPoolElementHandle(this.#poolHandle, poolElement) };
    }
    const { data, payloadProtocolIdentifier, stream, unordered } = message;
    return { data, payloadProtocolIdentifier, stream, unordered, sender: this.#last.handle };
  }
}
