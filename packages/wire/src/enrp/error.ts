import type { OperationError } from '../parameters/operation-error.ts';
import type { EnrpHeader } from './header.ts';

/** A registrar reports an error to a peer (RFC 5353 section 2.10). */
export interface EnrpError extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_ERROR';
  /** What went wrong. */
  readonly error: OperationError;
}
