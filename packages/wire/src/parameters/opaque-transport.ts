/** An Opaque Transport parameter (RFC 5354 section 3.16): bytes that only the application understands. */
export interface OpaqueTransport {
  /** Tells the transports apart. */
  readonly protocol: 'opaque';
  /** The transport's data, possibly empty. Decoded, it is a view of the input. */
  readonly data: Uint8Array;
}
