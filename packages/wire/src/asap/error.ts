import type { OperationError } from '../parameters/operation-error.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/** An endpoint reports an error about a message that it received (RFC 5352 section 2.2.14). */
export interface AsapError extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_ERROR';
  /** What went wrong. */
  readonly error: OperationError;
}
