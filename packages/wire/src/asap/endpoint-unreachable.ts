import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/** A pool user reports an element that it cannot reach (RFC 5352 section 2.2.9). */
export interface AsapEndpointUnreachable extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_ENDPOINT_UNREACHABLE';
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** PE Identifier, 32 bits unsigned. */
  readonly poolElementIdentifier: number;
}
