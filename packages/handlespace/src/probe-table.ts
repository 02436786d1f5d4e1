/** An entry: the hash, the value plus one (0 where the entry is free), and two words that belong to the key. */
const entryShift = 2;
const entryWords: number = 1 << entryShift;
const valueWord = 1;
const keyWord = 2;
const detailWord = 3;

/** Entries at first. */
const firstEntries = 32;

/** So many values lead to segments; a power of two, moved once. */
const segmentedSize = 4096;
const segmentCount = 64;
const segmentBits = 6;

/** A place is the number of a segment and a word within the segment. */
const placeBits = 25;
const placeMask: number = (1 << placeBits) - 1;

/**
 * A hash table with open addressing and linear probing that maps hashes to small integers. Whatever two words tell
 * of a key can lie beside its hash: where they are the whole key, {@link ProbeTable.find} finds a value without
 * looking anywhere else. Where they are not, who searches looks at each candidate and compares the key where it is
 * stored anyhow: `first(hash)` leads to the first candidate, `next(place)` to the one after it, and `valueAt(place)`
 * says what it is, until the place is -1. No search calls a function of the caller.
 *
 * A large table consists of 64 segments, chosen by the upper bits of the hash while the lower ones choose the place:
 * they double one at a time, so that no insertion moves more than a 64th of all values.
 */
export class ProbeTable {
  #segments: Int32Array[] = [new Int32Array(firstEntries << entryShift)];
  #sizes: Int32Array = new Int32Array(1);
  /** The number of segments minus one. */
  #segmentMask = 0;
  #size = 0;

  /** How many values the table holds. */
  get size(): number {
    return this.#size;
  }

  /**
   * The value with a hash and two words of a key, or -1.
   *
   * @param hash - 32 bits, signed.
   * @param key - One word of the key, 32 bits, signed.
   * @param detail - The other word.
   */
  find(hash: number, key: number, detail: number): number {
    const entries = this.#segments[(hash >>> (32 - segmentBits)) & this.#segmentMask] as Int32Array;
    const mask = entries.length - 1;
    for (let word = (hash << entryShift) & mask; ; word = (word + entryWords) & mask) {
      const stored = entries[word + valueWord] as number;
      if (stored === 0) return -1;
      if (entries[word + keyWord] === key && entries[word + detailWord] === detail) return stored - 1;
    }
  }

  /**
   * The first place whose value has a hash, or -1.
   *
   * @param hash - 32 bits, signed.
   */
  first(hash: number): number {
    return this.#seek((hash >>> (32 - segmentBits)) & this.#segmentMask, hash, hash << entryShift);
  }

  /**
   * The next place whose value has the same hash as the one here, or -1.
   *
   * @param place - What {@link first} or this method returned.
   */
  next(place: number): number {
    const segment = place >>> placeBits;
    const word = place & placeMask;
    return this.#seek(segment, (this.#segments[segment] as Int32Array)[word] as number, word + entryWords);
  }

  /**
   * The value at a place.
   *
   * @param place - What {@link first} or {@link next} returned.
   */
  valueAt(place: number): number {
    return (
      ((this.#segments[place >>> placeBits] as Int32Array)[(place & placeMask) + valueWord] as number) - 1
    );
  }

  /**
   * Adds a value. That its key is not there yet is up to the caller.
   *
   * @param hash - The hash of the key, 32 bits, signed.
   * @param value - 0 .. 2^31 - 2.
   * @param key - What {@link find} compares, 32 bits, signed.
   * @param detail - The same.
   */
  insert(hash: number, value: number, key: number, detail: number): void {
    if (this.#size === segmentedSize && this.#segmentMask === 0) this.#split();
    const segment = (hash >>> (32 - segmentBits)) & this.#segmentMask;
    const size = (this.#sizes[segment] as number) + 1;
    let entries = this.#segments[segment] as Int32Array;
    // Three quarters full: beyond that the runs of linear probing become long.
    if (size * 16 > entries.length * 3) {
      entries = doubled(entries);
      this.#segments[segment] = entries;
    }
    this.#sizes[segment] = size;
    this.#size += 1;
    put(entries, hash, value + 1, key, detail);
  }

  /**
   * Removes a value. The values behind it move up, so that searches need no tombstones and the table does not wear
   * out by changes.
   *
   * @param hash - The hash that it was inserted with.
   * @param value - A value that is there.
   */
  remove(hash: number, value: number): void {
    const segment = (hash >>> (32 - segmentBits)) & this.#segmentMask;
    const entries = this.#segments[segment] as Int32Array;
    const mask = entries.length - 1;
    let hole = (hash << entryShift) & mask;
    while (entries[hole + valueWord] !== value + 1) hole = (hole + entryWords) & mask;
    let candidate = hole;
    for (;;) {
      candidate = (candidate + entryWords) & mask;
      if (entries[candidate + valueWord] === 0) break;
      // The value may move into the hole where that is no earlier than the place at which its search begins.
      const home = (entries[candidate] as number) << entryShift;
      if (((candidate - home) & mask) >= ((candidate - hole) & mask)) {
        for (let word = 0; word < entryWords; word += 1) {
          entries[hole + word] = entries[candidate + word] as number;
        }
        hole = candidate;
      }
    }
    entries[hole + valueWord] = 0;
    this.#sizes[segment] = (this.#sizes[segment] as number) - 1;
    this.#size -= 1;
  }

  #seek(segment: number, hash: number, start: number): number {
    const entries = this.#segments[segment] as Int32Array;
    const mask = entries.length - 1;
    for (let word = start & mask; entries[word + valueWord] !== 0; word = (word + entryWords) & mask) {
      if (entries[word] === hash) return (segment << placeBits) | word;
    }
    return -1;
  }

  #split(): void {
    const entries = this.#segments[0] as Int32Array;
    const length = entries.length / segmentCount;
    this.#segments = Array.from({ length: segmentCount }, () => new Int32Array(length));
    this.#sizes = new Int32Array(segmentCount);
    this.#segmentMask = segmentCount - 1;
    this.#size = 0;
    for (let word = 0; word < entries.length; word += entryWords) {
      const stored = entries[word + valueWord] as number;
      if (stored === 0) continue;
      const key = entries[word + keyWord] as number;
      const detail = entries[word + detailWord] as number;
      this.insert(entries[word] as number, stored - 1, key, detail);
    }
  }
}

function put(entries: Int32Array, hash: number, stored: number, key: number, detail: number): void {
  const mask = entries.length - 1;
  let word = (hash << entryShift) & mask;
  while (entries[word + valueWord] !== 0) word = (word + entryWords) & mask;
  entries[word] = hash;
  entries[word + valueWord] = stored;
  entries[word + keyWord] = key;
  entries[word + detailWord] = detail;
}

function doubled(entries: Int32Array): Int32Array {
  const larger = new Int32Array(entries.length * 2);
  for (let word = 0; word < entries.length; word += entryWords) {
    const stored = entries[word + valueWord] as number;
    if (stored === 0) continue;
    put(
      larger,
      entries[word] as number,
      stored,
      entries[word + keyWord] as number,
      entries[word + detailWord] as number,
    );
  }
  return larger;
}
