import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/** A pool user asks for the elements of a pool (RFC 5352 section 2.2.5). */
export interface AsapHandleResolution extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_HANDLE_RESOLUTION';
  /** S flag: further responses are wanted whenever the pool changes. */
  readonly subscribe: boolean;
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /**
   * How many elements are wanted (draft-dreibholz-rserpool-asap-hropt), 32 bits unsigned: 0 leaves it to the registrar,
   * 0xffffffff asks for as many as possible. Absent where the option is not used.
   */
  readonly items?: number;
}
