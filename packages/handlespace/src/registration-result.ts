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

/** Nothing changed. */
export interface RegistrationRejected {
  /** Tells the results apart. */
  readonly ok: false;
  /** Why, at least one cause: what the Operation Error parameter of the response carries (RFC 5354 section 3.12). */
  readonly causes: readonly ErrorCause[];
}
