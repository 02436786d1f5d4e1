/** What a {@link PoolUserMachine} counts since its creation; numbers that never decrease. */
export interface PoolUserCounters {
  /** Updates of watched pools (RFC 5352 section 2.2.5). */
  updatesReceived: number;
  /** Resolution responses that answered nothing, of pools that are not watched over their association. */
  responsesIgnored: number;
}
