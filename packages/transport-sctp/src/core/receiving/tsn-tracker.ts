import type { PacketWriter } from '../wire/packet-writer.ts';

/** How far ahead of the cumulative TSN a TSN may be: a gap ack block counts with 16 bits (RFC 9260 section 3.3.4). */
const farthest = 0xffff;

/** Bits to begin with, and to keep while there are no gaps: most gaps are small. */
const keptWords = 32;

const noBits = new Int32Array(0);

/** What a TSN is to the receiver. */
export type TsnNews =
  | 'new'
  /** It came before. */
  | 'duplicate'
  /** So far ahead that no SACK could report it. */
  | 'too-far';

/**
 * Which TSNs came: the cumulative TSN, and one bit for each TSN behind the first gap, so that no pattern of gaps costs
 * more than 8 KiB or more than one step for each TSN (RFC 9260 section 6.7).
 */
export class TsnTracker {
  // TSNs are kept as signed 32-bit numbers: differences wrap by themselves, and the engine stores them without an object.
  #cumulative: number;
  /** How far the highest TSN is ahead of the cumulative one; 0 where there is no gap. */
  #reach = 0;
  /** The bit of a TSN is at the place of its lower bits: a ring. */
  #bits: Int32Array = noBits;
  /** Number of bits less one; the number is a power of two. */
  #mask = 0;

  /** @param initialTsn - The first TSN that the peer sends. */
  constructor(initialTsn: number) {
    this.#cumulative = (initialTsn - 1) | 0;
  }

  /** The latest TSN in sequence that came, unsigned. */
  get cumulativeTsn(): number {
    return this.#cumulative >>> 0;
  }

  /** Whether TSNs came behind a gap. */
  get hasGaps(): boolean {
    return this.#reach > 0;
  }

  /** Whether a TSN is ahead of all that came. */
  isAhead(tsn: number): boolean {
    return ((tsn - this.#cumulative) | 0) > this.#reach;
  }

  /** What a TSN is. */
  newsOf(tsn: number): TsnNews {
    const distance = (tsn - this.#cumulative) | 0;
    if (distance <= 0) return 'duplicate';
    if (distance > this.#reach) return distance > farthest ? 'too-far' : 'new';
    return this.#isSet(tsn) ? 'duplicate' : 'new';
  }

  /** Whether a TSN came. */
  has(tsn: number): boolean {
    return this.newsOf(tsn) === 'duplicate';
  }

  /** Takes a TSN that is `new`. */
  add(tsn: number): void {
    const distance = (tsn - this.#cumulative) | 0;
    if (distance === 1) {
      this.#cumulative = tsn | 0;
      if (this.#reach > 0) this.#advance();
      return;
    }
    if (distance > this.#mask) this.#grow(distance);
    if (distance > this.#reach) this.#reach = distance;
    const place = tsn & this.#mask;
    this.#bits[place >>> 5] = (this.#bits[place >>> 5] as number) | (1 << (place & 31));
  }

  /**
   * Writes gap ack blocks, from the lowest TSN on, with `put16` (section 3.3.4).
   *
   * @param writer - Where to.
   * @param maximum - How many blocks there is room for; the highest TSNs stay unreported where that is too few.
   * @returns How many were written.
   */
  putGapBlocks(writer: PacketWriter, maximum: number): number {
    let count = 0;
    for (let start = this.#next(1, 0); start <= this.#reach && count < maximum; count++) {
      const behind = this.#next(start + 1, -1);
      writer.put16(start);
      writer.put16(behind - 1);
      start = this.#next(behind + 1, 0);
    }
    return count;
  }

  /** Moves the cumulative TSN over what came, after the first gap was filled. */
  #advance(): void {
    this.#reach -= 1;
    while (this.#reach > 0) {
      const place = (this.#cumulative + 1) & this.#mask;
      const bit = 1 << (place & 31);
      const word = this.#bits[place >>> 5] as number;
      if ((word & bit) === 0) return;
      this.#bits[place >>> 5] = word & ~bit;
      this.#cumulative = (this.#cumulative + 1) | 0;
      this.#reach -= 1;
    }
    if (this.#bits.length > keptWords) {
      this.#bits = noBits;
      this.#mask = 0;
    }
  }

  #isSet(tsn: number): boolean {
    const place = tsn & this.#mask;
    return ((this.#bits[place >>> 5] as number) & (1 << (place & 31))) !== 0;
  }

  /**
   * The first distance from `from` on whose bit is set (`flip` 0) or not set (`flip` -1), or one beyond the reach. Whole
   * words are skipped.
   */
  #next(from: number, flip: 0 | -1): number {
    for (let distance = from; distance <= this.#reach; ) {
      const place = (this.#cumulative + distance) & this.#mask;
      const rest = ((this.#bits[place >>> 5] as number) ^ flip) >>> (place & 31);
      if (rest !== 0) return distance + 31 - Math.clz32(rest & -rest);
      distance += 32 - (place & 31);
    }
    return this.#reach + 1;
  }

  #grow(distance: number): void {
    let words = keptWords;
    while (words * 32 <= distance) words *= 2;
    const bits = new Int32Array(words);
    const mask = words * 32 - 1;
    for (let ahead = this.#next(1, 0); ahead <= this.#reach; ahead = this.#next(ahead + 1, 0)) {
      const place = (this.#cumulative + ahead) & mask;
      bits[place >>> 5] = (bits[place >>> 5] as number) | (1 << (place & 31));
    }
    this.#bits = bits;
    this.#mask = mask;
  }
}
