import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/** A pool user hands the latest cookie to a new pool element (RFC 5352 section 2.2.12). */
export interface AsapCookieEcho extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_COOKIE_ECHO';
  /** The state. Decoded, it is a view of the input. */
  readonly cookie: Uint8Array;
}
