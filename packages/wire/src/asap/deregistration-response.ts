import type { OperationError } from '../parameters/operation-error.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/** The home registrar confirms that a pool element left, or tells that its registration ran out (RFC 5352 section 2.2.4). */
export interface AsapDeregistrationResponse extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_DEREGISTRATION_RESPONSE';
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** PE Identifier, 32 bits unsigned. */
  readonly poolElementIdentifier: number;
  /** What went wrong; absent on success. */
  readonly error?: OperationError;
}
