import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/** A pool element answers a keep-alive (RFC 5352 section 2.2.8). */
export interface AsapEndpointKeepAliveAck extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK';
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** PE Identifier, 32 bits unsigned. */
  readonly poolElementIdentifier: number;
}
