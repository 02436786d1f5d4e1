/** A message of the application on a session: what the data channel carries (RFC 5352 section 5). */
export interface SessionMessage {
  /** The bytes. */
  readonly data: Uint8Array;
  /** The SCTP payload protocol identifier, 0 .. 2^32 - 1, but not ASAP's 11; 0 where the transport has none. */
  readonly payloadProtocolIdentifier: number;
  /** The stream, 0 .. 65535; order is kept within one stream. 0 where the transport has none. */
  readonly stream: number;
  /** Whether it may overtake others (ASAP_SCTP_UNORDER of RFC 5352 section 6.5.5). */
  readonly unordered: boolean;
  /**
   * Whether another element may get it where the one that it was meant for is unreachable (ASAP_SEND_FAILOVER and
   * ASAP_SEND_NO_FAILOVER of RFC 5352 section 6.5.5); true where it is absent. Of no meaning in what was received.
   */
  readonly failover?: boolean;
}
