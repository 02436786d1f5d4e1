import { commonHeaderLength } from '../wire/packet.ts';

/**
 * How many packets' worth one SACK may open the window by in slow start, L of RFC 9260 section 7.2.1: 2, as RFC 3465
 * section 2.3 advises where acknowledgements are delayed.
 */
const slowStartPackets = 2;

/** ssthresh to begin with: arbitrarily high (section 7.2.1). */
const highThreshold = 0x7fff_ffff;

/**
 * Congestion control of one destination address (RFC 9260 section 7.2): slow start, congestion avoidance, and what a loss,
 * a timeout and idle time do. All sizes are those of DATA chunks with headers and padding.
 */
export class CongestionWindow {
  /** cwnd, in bytes. */
  windowBytes: number;
  /** ssthresh, in bytes. */
  slowStartThreshold: number = highThreshold;
  /** partial_bytes_acked. */
  partialBytesAcknowledged = 0;
  /** Bytes that were sent by this path last and are neither acknowledged nor given up. */
  flightBytes = 0;
  /** PMDCS: the largest DATA chunk that a packet of this path takes. */
  readonly largestChunkBytes: number;
  /**
   * Whether it was the window that ended the sending last. That is what "fully utilized" means where several SACKs are processed
   * before packets are made again: for the second of them less is in flight already.
   */
  isUsedUp = false;
  readonly #initialBytes: number;
  #lastSentAt = 0;

  /**
   * @param mtuBytes - The longest SCTP packet of the path.
   * @param ipv6 - Whether the address is an IPv6 address: its headers are longer.
   */
  constructor(mtuBytes: number, ipv6: boolean) {
    const largest = mtuBytes - commonHeaderLength;
    this.largestChunkBytes = largest;
    this.#initialBytes = Math.min(4 * largest, Math.max(2 * largest, ipv6 ? 4344 : 4404));
    this.windowBytes = this.#initialBytes;
  }

  /** Whether a packet may be sent: it may exceed the window, but only that one (section 6.1 B). */
  get isOpen(): boolean {
    return this.flightBytes < this.windowBytes;
  }

  /** Begins anew, as on a path that was never used (section 7.2.5). What is in flight stays so. */
  reset(): void {
    this.windowBytes = this.#initialBytes;
    this.slowStartThreshold = highThreshold;
    this.partialBytesAcknowledged = 0;
  }

  /**
   * Takes notice that a packet is sent now, and first of the time since the last one: once in each RTO without a
   * packet the window is halved, as the network may have changed (section 7.2.1).
   *
   * @param now - The time, in milliseconds.
   * @param rtoMs - The RTO of the path.
   */
  sent(now: number, rtoMs: number): void {
    let idle = now - this.#lastSentAt;
    this.#lastSentAt = now;
    if (this.flightBytes > 0 || idle <= rtoMs) return;
    const least = 4 * this.largestChunkBytes;
    if (this.windowBytes <= least) return;
    this.slowStartThreshold = this.windowBytes;
    for (; idle > rtoMs && this.windowBytes > least; idle -= rtoMs) {
      this.windowBytes = Math.max(this.windowBytes >> 1, least);
    }
  }

  /**
   * Data was acknowledged for the first time (sections 7.2.1 and 7.2.2).
   *
   * @param bytes - How much of it.
   * @param recovering - Whether the association is in Fast Recovery: the window is not opened.
   */
  acknowledged(bytes: number, recovering: boolean): void {
    const used = this.isUsedUp;
    if (this.windowBytes <= this.slowStartThreshold) {
      if (used && !recovering) {
        this.windowBytes += Math.min(bytes, slowStartPackets * this.largestChunkBytes);
      }
      return;
    }
    this.partialBytesAcknowledged += bytes;
    if (this.partialBytesAcknowledged < this.windowBytes) return;
    if (used && !recovering) {
      this.partialBytesAcknowledged -= this.windowBytes;
      this.windowBytes += this.largestChunkBytes;
    } else {
      this.partialBytesAcknowledged = this.windowBytes;
    }
  }

  /** Nothing is outstanding any more (section 7.2.2). */
  drained(): void {
    this.partialBytesAcknowledged = 0;
  }

  /** SACKs told of a loss (section 7.2.3). */
  lost(): void {
    this.slowStartThreshold = Math.max(this.windowBytes >> 1, 4 * this.largestChunkBytes);
    this.windowBytes = this.slowStartThreshold;
    this.partialBytesAcknowledged = 0;
  }

  /** T3-rtx expired (section 7.2.3): one packet at a time until something is acknowledged. */
  timedOut(): void {
    this.slowStartThreshold = Math.max(this.windowBytes >> 1, 4 * this.largestChunkBytes);
    this.windowBytes = this.largestChunkBytes;
    this.partialBytesAcknowledged = 0;
  }
}
