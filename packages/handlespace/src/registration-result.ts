import type { ErrorCause } from '@rserpool/wire';
import type { ElementReference } from './element-reference.ts';

/** What became of a registration. */
export type RegistrationResult = RegistrationAccepted | RegistrationRejected;

/** The element is in the handlespace. */
export interface RegistrationAccepted {
  /** Tells the results apart. */
  readonly ok: true;
  /** `added`: a new element. `updated`: the element was there, its attributes are replaced. */
  readonly outcome: 'added' | 'updated';
  /** The element. */
  readonly element: ElementReference;
  /** The registrar that owned the element before; there where an update changed it. */
  readonly previousHomeRegistrar?: number;
}

/**
 * Nothing changed. The causes:
 *
 * | Cause | When | Information |
 * |:--|:--|:--|
 * | Invalid Values | empty pool handle | the Pool Handle parameter |
 * | Invalid Values | identifier 0; registration life below -1 (registrations only); home registrar 0 (peers only) | the Pool Element parameter |
 * | Invalid Values | policy of unknown type | the policy parameter |
 * | Invalid Values | SCTP transport with a Transport Use other than 0 and 1, or without an address (registrations only) | the transport parameter |
 * | Inconsistent Pool Policy | the policy type is not the pool's | the overall policy of the pool |
 * | Inconsistent Transport Type | the transport type is not the pool's | a transport parameter of the pool's type, without address |
 * | Inconsistent Data/Control Configuration | the Transport Use is not the pool's | none |
 * | Lack of Resources | one of the `HandlespaceLimits` | none |
 *
 * All invalid values are reported together, otherwise all inconsistencies together. Of a parameter longer than
 * 16,384 bytes the information is left out, so that the response fits its message.
 */
export interface RegistrationRejected {
  /** Tells the results apart. */
  readonly ok: false;
  /** Why, at least one cause: what the Operation Error parameter of the response carries (RFC 5354 section 3.12). */
  readonly causes: readonly ErrorCause[];
}
