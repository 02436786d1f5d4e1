const initialPlaces = 32;

/**
 * A hash table with open addressing and linear probing that maps hashes to small integers. It knows no keys:
 * who searches looks at each candidate and compares the key where it is stored anyhow, so a key costs no
 * memory here and a search calls no function of the caller: `first(hash)` leads to the first candidate,
 * `next(place)` to the one after it, and `valueAt(place)` says what it is, until the place is -1.
 */
export class ProbeTable {
  #hashes: Int32Array = new Int32Array(initialPlaces);
  /** The value plus one; 0 is a free place. */
  #values: Int32Array = new Int32Array(initialPlaces);
  #mask: number = initialPlaces - 1;
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
    return this.#seek(hash, hash & this.#mask);
  }

  /**
   * The next place whose value has the same hash as the one here, or -1.
   *
   * @param place - What {@link first} or this method returned.
   */
  next(place: number): number {
    return this.#seek(this.#hashes[place] as number, (place + 1) & this.#mask);
  }

  /**
   * The value at a place.
   *
   * @param place - What {@link first} or {@link next} returned.
   */
  valueAt(place: number): number {
    return (this.#values[place] as number) - 1;
  }

  /**
   * Adds a value. That its key is not there yet is up to the caller.
   *
   * @param hash - The hash of the key, 32 bits, signed.
   * @param value - 0 .. 2^31 - 2.
   */
  insert(hash: number, value: number): void {
    // Three quarters full: beyond that the runs of linear probing become long.
    if ((this.#size + 1) * 4 > this.#values.length * 3) this.#double();
    this.#place(hash, value + 1);
    this.#size += 1;
  }

  /**
   * Removes the value at a place. The values behind it move up, so that searches need no tombstones and the
   * table does not wear out by changes.
   *
   * @param place - What {@link first} or {@link next} returned.
   */
  removeAt(place: number): void {
    let hole = place;
    let candidate = place;
    for (;;) {
      candidate = (candidate + 1) & this.#mask;
      const value = this.#values[candidate] as number;
      if (value === 0) break;
      const hash = this.#hashes[candidate] as number;
      // The value may move into the hole where that is no earlier than the place at which its search begins.
      const distanceFromHome = (candidate - hash) & this.#mask;
      const distanceFromHole = (candidate - hole) & this.#mask;
      if (distanceFromHome >= distanceFromHole) {
        this.#values[hole] = value;
        this.#hashes[hole] = hash;
        hole = candidate;
      }
    }
    this.#values[hole] = 0;
    this.#size -= 1;
  }

  #seek(hash: number, start: number): number {
    for (let place = start; this.#values[place] !== 0; place = (place + 1) & this.#mask) {
      if (this.#hashes[place] === hash) return place;
    }
    return -1;
  }

  #place(hash: number, stored: number): void {
    let place = hash & this.#mask;
    while (this.#values[place] !== 0) place = (place + 1) & this.#mask;
    this.#hashes[place] = hash;
    this.#values[place] = stored;
  }

  #double(): void {
    const hashes = this.#hashes;
    const values = this.#values;
    this.#hashes = new Int32Array(values.length * 2);
    this.#values = new Int32Array(values.length * 2);
    this.#mask = this.#values.length - 1;
    for (let place = 0; place < values.length; place += 1) {
      const stored = values[place] as number;
      if (stored !== 0) this.#place(hashes[place] as number, stored);
    }
  }
}
