import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/** A pool element hands its session state to the pool user (RFC 5352 section 2.2.11). */
export interface AsapCookie extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_COOKIE';
  /** The state. Decoded, it is a view of the input. */
  readonly cookie: Uint8Array;
}
