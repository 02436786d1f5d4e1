import type { PoolElement } from '../parameters/pool-element.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/** A pool element registers with its home registrar (RFC 5352 section 2.2.1). */
export interface AsapRegistration extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_REGISTRATION';
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** The pool element. */
  readonly poolElement: PoolElement;
}
