import { bytesEqual } from '@rserpool/wire';
import type { SessionMessage } from '../session-message.ts';
import type { DeliveryCopy } from './delivery-copy.ts';
import { maximumRemembered } from './delivery-limits.ts';

/** The last copies that an association has taken, to know which one a transport gives back. */
export class RememberedCopies {
  #copies: DeliveryCopy[] = [];
  #bytes = 0;

  /**
   * A copy was handed to the association.
   *
   * @param copy - The copy.
   */
  add(copy: DeliveryCopy): void {
    this.#copies.push(copy);
    this.#bytes += copy.message.data.length;
    while (this.#copies.length > maximumRemembered.messages || this.#bytes > maximumRemembered.bytes) {
      const oldest = this.#copies.shift();
      if (oldest === undefined) return;
      this.#bytes -= oldest.message.data.length;
    }
  }

  /**
   * A message came back.
   *
   * @param message - The message, as the transport has it.
   * @returns The oldest copy with these bytes, or `undefined` for one that is forgotten.
   */
  take(message: SessionMessage): DeliveryCopy | undefined {
    const index = this.#copies.findIndex(({ message: sent }) => isSame(sent, message));
    const [copy] = index < 0 ? [] : this.#copies.splice(index, 1);
    if (copy !== undefined) this.#bytes -= copy.message.data.length;
    return copy;
  }

  /** Takes all of them. */
  takeAll(): readonly DeliveryCopy[] {
    const copies = this.#copies;
    this.#copies = [];
    this.#bytes = 0;
    return copies;
  }
}

function isSame(sent: SessionMessage, returned: SessionMessage): boolean {
  return (
    sent.stream === returned.stream &&
    sent.payloadProtocolIdentifier === returned.payloadProtocolIdentifier &&
    bytesEqual(sent.data, returned.data)
  );
}
