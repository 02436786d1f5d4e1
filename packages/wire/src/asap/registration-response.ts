import type { OperationError } from '../parameters/operation-error.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/** The home registrar grants or rejects a registration (RFC 5352 section 2.2.3). */
export interface AsapRegistrationResponse extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_REGISTRATION_RESPONSE';
  /** R flag: the registration has been rejected. */
  readonly rejected: boolean;
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** PE Identifier, 32 bits unsigned. */
  readonly poolElementIdentifier: number;
  /** Why it was rejected or, where it was granted, a warning. */
  readonly error?: OperationError;
}
