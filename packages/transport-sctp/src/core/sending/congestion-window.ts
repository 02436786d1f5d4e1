/** Signature only, for now. */
export declare class CongestionWindow {
  /** @param mtuBytes - The longest SCTP packet of the path. @param ipv6 - Whether the address is an IPv6 address. */
  constructor(mtuBytes: number, ipv6: boolean);
  /** cwnd in bytes. */
  windowBytes: number;
  /** ssthresh in bytes. */
  slowStartThreshold: number;
  /** partial_bytes_acked. */
  partialBytesAcknowledged: number;
  /** Bytes of DATA chunks, headers and padding included, that are in flight on the path. */
  flightBytes: number;
  /** Begins anew, as for a path that was never used (section 7.2.5). */
  reset(): void;
}
