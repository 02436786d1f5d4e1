import type { DecodeResult } from '@rserpool/wire';

/**
 * A protocol over associations: how its messages become bytes and back.
 *
 * @typeParam Message - The protocol's messages.
 */
export interface MessageProtocol<Message> {
  /** The SCTP payload protocol identifier of its messages: 11 for ASAP, 12 for ENRP. */
  readonly payloadProtocolIdentifier: number;
  /** Makes bytes of a message; may throw for what cannot be encoded. */
  readonly encode: (message: Message) => Uint8Array;
  /** Makes a message of bytes; never throws. */
  readonly decode: (bytes: Uint8Array) => DecodeResult<Message>;
}
