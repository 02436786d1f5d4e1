/** How many places a table has at least; a power of two. */
const leastPlaces = 16;

/** A table that has this many places keeps them when it empties: waves of requests would make it shrink and grow again. */
const keptPlaces = 1024;

/**
 * A map with numbers as keys for what comes and goes all the time, such as requests that wait for their answer.
 *
 * A `Map` copies its entries to a new table whenever places of deleted ones have filled it, and a table that is
 * dropped holds on to its entries and to the next table: what was long deleted then grows old with it. Here places are used again.
 */
export class NumberTable<Value> {
  #keys: number[] = new Array<number>(leastPlaces).fill(0);
  #values: (Value | undefined)[] = new Array<Value | undefined>(leastPlaces).fill(undefined);
  #mask = leastPlaces - 1;
  #size = 0;

  /** How many entries there are. */
  get size(): number {
    return this.#size;
  }

  /**
   * The value of a key, or `undefined`.
   *
   * @param key - An integer.
   */
  get(key: number): Value | undefined {
    for (let place = key & this.#mask; ; place = (place + 1) & this.#mask) {
      const value = this.#values[place];
      if (value === undefined || this.#keys[place] === key) return value;
    }
  }

  /**
   * Whether a key has a value.
   *
   * @param key - An integer.
   */
  has(key: number): boolean {
    return this.get(key) !== undefined;
  }

  /**
   * Gives a key a value.
   *
   * @param key - An integer; consecutive ones are best.
   * @param value - Anything but `undefined`.
   */
  set(key: number, value: Value & NonNullable<unknown>): void {
    let place = key & this.#mask;
    while (this.#values[place] !== undefined && this.#keys[place] !== key) place = (place + 1) & this.#mask;
    if (this.#values[place] === undefined) this.#size += 1;
    this.#keys[place] = key;
    this.#values[place] = value;
    if (this.#size * 2 > this.#mask) this.#resize((this.#mask + 1) * 2);
  }

  /**
   * Takes an entry out.
   *
   * @param key - An integer.
   * @returns Its value, or `undefined` where there was none.
   */
  take(key: number): Value | undefined {
    let place = key & this.#mask;
    while (this.#values[place] !== undefined && this.#keys[place] !== key) place = (place + 1) & this.#mask;
    const taken = this.#values[place];
    if (taken === undefined) return undefined;
    this.#size -= 1;
    this.#close(place);
    // A burst does not hold memory for good.
    if (this.#mask > keptPlaces && this.#size * 8 < this.#mask) this.#resize((this.#mask + 1) / 4);
    return taken;
  }

  /** All values, in no order; a copy. */
  values(): Value[] {
    return this.#values.filter((value) => value !== undefined);
  }

  /** Takes all entries out. */
  clear(): void {
    this.#size = 0;
    this.#allocate(leastPlaces);
  }

  /** Moves what lies behind a place that became free, so that searches need no marks of deleted entries. */
  #close(free: number): void {
    let hole = free;
    for (let place = (hole + 1) & this.#mask; ; place = (place + 1) & this.#mask) {
      const value = this.#values[place];
      if (value === undefined) break;
      const key = this.#keys[place] ?? 0;
      const distance = (place - key) & this.#mask;
      if (distance < ((place - hole) & this.#mask)) continue;
      this.#keys[hole] = key;
      this.#values[hole] = value;
      hole = place;
    }
    this.#values[hole] = undefined;
  }

  #allocate(places: number): void {
    this.#keys = new Array<number>(places).fill(0);
    this.#values = new Array<Value | undefined>(places).fill(undefined);
    this.#mask = places - 1;
  }

  #resize(places: number): void {
    const keys = this.#keys;
    const values = this.#values;
    this.#allocate(places);
    for (const [from, value] of values.entries()) {
      if (value === undefined) continue;
      const key = keys[from] ?? 0;
      let place = key & this.#mask;
      while (this.#values[place] !== undefined) place = (place + 1) & this.#mask;
      this.#keys[place] = key;
      this.#values[place] = value;
    }
  }
}
