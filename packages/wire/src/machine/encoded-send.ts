import type { DecodeResult } from '../decode-result.ts';
import { RserpoolError } from '../rserpool-error.ts';
import type { AssociationId } from './network.ts';

/**
 * The output `send` for a message that is encoded already. Who wants to see the message, such as a trace or a
 * simulation, decodes it by reading it.
 */
export class EncodedSend<Message> {
  readonly type = 'send';
  readonly association: AssociationId;
  readonly encoded: Uint8Array;
  readonly #decode: (bytes: Uint8Array) => DecodeResult<Message>;

  /**
   * @param association - Where to send it.
   * @param encoded - The message.
   * @param decode - The decoder of its protocol.
   */
  constructor(
    association: AssociationId,
    encoded: Uint8Array,
    decode: (bytes: Uint8Array) => DecodeResult<Message>,
  ) {
    this.association = association;
    this.encoded = encoded;
    this.#decode = decode;
  }

  /** The message, decoded anew each time. */
  get message(): Message {
    const decoded = this.#decode(this.encoded);
    if (decoded.ok) return decoded.message;
    throw new RserpoolError('ERR_RSERPOOL_INVALID_MESSAGE', 'what was encoded here cannot be decoded');
  }
}
