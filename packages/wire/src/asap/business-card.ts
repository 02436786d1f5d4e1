import type { PoolElement } from '../parameters/pool-element.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/** One side of a session tells the other the pool that it belongs to and the preferred order of failover (RFC 5352 section 2.2.13). */
export interface AsapBusinessCard extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_BUSINESS_CARD';
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** The elements in the preferred order; at least one. */
  readonly poolElements: readonly PoolElement[];
}
