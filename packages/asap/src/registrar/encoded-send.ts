import { type AsapMessage, type AssociationId, decodeAsapMessage, RserpoolError } from '@rserpool/wire';

/** Sends a message that is encoded already. Who wants to see the message, such as a trace, decodes it by reading it. */
export class EncodedSend {
  readonly type = 'send';
  readonly association: AssociationId;
  readonly encoded: Uint8Array;

  constructor(association: AssociationId, encoded: Uint8Array) {
    this.association = association;
    this.encoded = encoded;
  }

  /** The message. */
  get message(): AsapMessage {
    const decoded = decodeAsapMessage(this.encoded);
    if (decoded.ok) return decoded.message;
    throw new RserpoolError('ERR_RSERPOOL_INVALID_MESSAGE', 'a message that was encoded here is none');
  }
}
