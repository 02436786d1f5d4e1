/** One error cause of an Operation Error parameter (RFC 5354 section 3.12). */
export interface ErrorCause {
  /** The 16-bit cause code: one of {@link ErrorCauseCode}, or any other number that a peer uses. */
  readonly code: number;
  /** The cause-specific information as on the wire, possibly empty. Decoded, it is a view of the input. */
  readonly information: Uint8Array;
}

/** The Operation Error parameter (RFC 5354 section 3.12): what went wrong. */
export interface OperationError {
  /** The causes, at least one. */
  readonly causes: readonly ErrorCause[];
}
