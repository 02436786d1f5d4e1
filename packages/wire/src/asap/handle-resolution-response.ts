import type { OperationError } from '../parameters/operation-error.ts';
import type { PoolElement } from '../parameters/pool-element.ts';
import type { PolicyParameter } from '../parameters/selection-policy.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/** The elements of a pool, or why there are none (RFC 5352 section 2.2.6). */
export interface AsapHandleResolutionResponse extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_HANDLE_RESOLUTION_RESPONSE';
  /** A flag: the registrar will send further responses whenever the pool changes. */
  readonly subscribed: boolean;
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** Overall policy of the pool; absent means Round Robin. */
  readonly policy?: PolicyParameter;
  /** The elements in the order of selection; at least one unless there is an error. */
  readonly poolElements: readonly PoolElement[];
  /** Why the resolution was refused; its presence makes the response negative. */
  readonly error?: OperationError;
}
