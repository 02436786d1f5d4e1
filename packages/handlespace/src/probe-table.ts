/** Places of a table, and of each segment, at first. */
const firstPlaces = 32;

/** So many values lead to segments; a power of two, moved once. */
const segmentedSize = 4096;
const segmentCount = 256;

/** A place is the number of a segment and a number within the segment. */
const placeBits = 22;
const placeMask: number = (1 << placeBits) - 1;

/**
 * A hash table with open addressing and linear probing that maps hashes to small integers. It knows no keys:
 * who searches looks at each candidate and compares the key where it is stored anyhow, so a key costs no
 * memory here and a search calls no function of the caller: `first(hash)` leads to the first candidate,
 * `next(place)` to the one after it, and `valueAt(place)` says what it is, until the place is -1.
 *
 * Places are pairs of a hash and a value plus one; a pair with 0 behind the hash is free. A large table consists of
 * 256 segments, chosen by the upper bits of the hash while the lower ones choose the place: they double one at a
 * time, so that no insertion moves more than a 256th of all values.
 */
export class ProbeTable {
  #segments: Int32Array[] = [new Int32Array(firstPlaces * 2)];
  #sizes: Int32Array = new Int32Array(1);
  /** The number of segments minus one. */
  #segmentMask = 0;
  #size = 0;

  /** How many values the table holds. */
  get size(): number {
    return this.#size;
  }

  /**
   * The first place whose value has a hash, or -1.
   *
   * @param hash - 32 bits, signed.
   */
  first(hash: number): number {
    return this.#seek((hash >>> 24) & this.#segmentMask, hash, hash);
  }

  /**
   * The next place whose value has the same hash as the one here, or -1.
   *
   * @param place - What {@link first} or this method returned.
   */
  next(place: number): number {
    const segment = place >> placeBits;
    const at = place & placeMask;
    return this.#seek(segment, (this.#segments[segment] as Int32Array)[at * 2] as number, at + 1);
  }

  /**
   * The value at a place.
   *
   * @param place - What {@link first} or {@link next} returned.
   */
  valueAt(place: number): number {
    return ((this.#segments[place >> placeBits] as Int32Array)[(place & placeMask) * 2 + 1] as number) - 1;
  }

  /**
   * Adds a value. That its key is not there yet is up to the caller.
   *
   * @param hash - The hash of the key, 32 bits, signed.
   * @param value - 0 .. 2^31 - 2.
   */
  insert(hash: number, value: number): void {
    if (this.#size === segmentedSize && this.#segmentMask === 0) this.#split();
    const segment = (hash >>> 24) & this.#segmentMask;
    const size = (this.#sizes[segment] as number) + 1;
    let pairs = this.#segments[segment] as Int32Array;
    // Three quarters full: beyond that the runs of linear probing become long.
    if (size * 8 > pairs.length * 3) {
      pairs = doubled(pairs);
      this.#segments[segment] = pairs;
    }
    this.#sizes[segment] = size;
    this.#size += 1;
    put(pairs, hash, value + 1);
  }

  /**
   * Removes the value at a place. The values behind it move up, so that searches need no tombstones and the
   * table does not wear out by changes.
   *
   * @param place - What {@link first} or {@link next} returned.
   */
  removeAt(place: number): void {
    const segment = place >> placeBits;
    const pairs = this.#segments[segment] as Int32Array;
    const mask = (pairs.length >> 1) - 1;
    let hole = place & placeMask;
    let candidate = hole;
    for (;;) {
      candidate = (candidate + 1) & mask;
      const value = pairs[candidate * 2 + 1] as number;
      if (value === 0) break;
      const hash = pairs[candidate * 2] as number;
      // The value may move into the hole where that is no earlier than the place at which its search begins.
      const distanceFromHome = (candidate - hash) & mask;
      const distanceFromHole = (candidate - hole) & mask;
      if (distanceFromHome >= distanceFromHole) {
        pairs[hole * 2] = hash;
        pairs[hole * 2 + 1] = value;
        hole = candidate;
      }
    }
    pairs[hole * 2 + 1] = 0;
    this.#sizes[segment] = (this.#sizes[segment] as number) - 1;
    this.#size -= 1;
  }

  #seek(segment: number, hash: number, start: number): number {
    const pairs = this.#segments[segment] as Int32Array;
    const mask = (pairs.length >> 1) - 1;
    for (let place = start & mask; pairs[place * 2 + 1] !== 0; place = (place + 1) & mask) {
      if (pairs[place * 2] === hash) return (segment << placeBits) | place;
    }
    return -1;
  }

  #split(): void {
    const pairs = this.#segments[0] as Int32Array;
    this.#segments = Array.from({ length: segmentCount }, () => new Int32Array(firstPlaces * 2));
    this.#sizes = new Int32Array(segmentCount);
    this.#segmentMask = segmentCount - 1;
    this.#size = 0;
    for (let index = 0; index < pairs.length; index += 2) {
      const stored = pairs[index + 1] as number;
      if (stored !== 0) this.insert(pairs[index] as number, stored - 1);
    }
  }
}

function put(pairs: Int32Array, hash: number, stored: number): void {
  const mask = (pairs.length >> 1) - 1;
  let place = hash & mask;
  while (pairs[place * 2 + 1] !== 0) place = (place + 1) & mask;
  pairs[place * 2] = hash;
  pairs[place * 2 + 1] = stored;
}

function doubled(pairs: Int32Array): Int32Array {
  const larger = new Int32Array(pairs.length * 2);
  for (let index = 0; index < pairs.length; index += 2) {
    const stored = pairs[index + 1] as number;
    if (stored !== 0) put(larger, pairs[index] as number, stored);
  }
  return larger;
}
