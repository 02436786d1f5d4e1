/**
 * A parameter that this package does not recognize and that its type asks to skip (RFC 5354 section 3, type
 * bits 10 and 11). It is kept with its value and its place, so that encoding gives the same bytes again.
 */
export interface UnknownParameter {
  /** The 16-bit parameter type. */
  readonly type: number;
  /** The Parameter Value, without padding. Decoded, it is a view of the input. */
  readonly value: Uint8Array;
  /** How many recognized parameters of the same container precede it, 0 for the very first place. */
  readonly position: number;
}

/** What may carry unrecognized parameters: messages and the parameters that hold others. */
export interface ParameterContainer {
  /** The unrecognized parameters directly in this container, in their order; absent where there are none. */
  readonly unknownParameters?: readonly UnknownParameter[];
}
