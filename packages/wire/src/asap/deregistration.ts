import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/** A pool element leaves its pool (RFC 5352 section 2.2.2). */
export interface AsapDeregistration extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_DEREGISTRATION';
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** PE Identifier, 32 bits unsigned. */
  readonly poolElementIdentifier: number;
}
