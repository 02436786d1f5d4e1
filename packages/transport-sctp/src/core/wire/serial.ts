// Serial number arithmetic (RFC 1982, used as RFC 9260 section 1.6 says): TSNs and serial numbers of ASCONF have 32
// bits, stream sequence numbers 16. All of them are kept as unsigned numbers.

/** The TSN that is `count` after (or, negative, before) another one. */
export function tsnAdd(tsn: number, count: number): number {
  return (tsn + count) >>> 0;
}

/**
 * How far `to` is ahead of `from`, in -2^31 .. 2^31 - 1: 0 where they are equal, negative where it is behind.
 */
export function tsnDistance(from: number, to: number): number {
  return (to - from) | 0;
}

/** Whether a TSN comes before another one. */
export function tsnIsBefore(tsn: number, other: number): boolean {
  return ((tsn - other) | 0) < 0;
}

/** Whether a TSN comes after another one. */
export function tsnIsAfter(tsn: number, other: number): boolean {
  return ((other - tsn) | 0) < 0;
}

/** The stream sequence number that is `count` after (or, negative, before) another one. */
export function ssnAdd(ssn: number, count: number): number {
  return (ssn + count) & 0xffff;
}

/** How far `to` is ahead of `from`, in -2^15 .. 2^15 - 1: 0 where they are equal, negative where it is behind. */
export function ssnDistance(from: number, to: number): number {
  return ((to - from) << 16) >> 16;
}

/** Whether a stream sequence number comes before another one. */
export function ssnIsBefore(ssn: number, other: number): boolean {
  return ssnDistance(other, ssn) < 0;
}

/** Whether a stream sequence number comes after another one. */
export function ssnIsAfter(ssn: number, other: number): boolean {
  return ssnDistance(ssn, other) < 0;
}
