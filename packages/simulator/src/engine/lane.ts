/** Something that arrives after a delay. */
export interface Arrival {
  /** Lets it arrive. */
  arrive(): void;
}

const leastPlaces = 64;

/**
 * Arrivals that all take the same time, so that they come in the order in which they were sent: a ring, without
 * anything to sort.
 */
export class Lane {
  /** How long everything on this lane takes, in milliseconds. */
  readonly delayMs: number;
  #times = new Float64Array(leastPlaces);
  #arrivals: (Arrival | undefined)[] = new Array<Arrival | undefined>(leastPlaces).fill(undefined);
  #head = 0;
  #size = 0;

  /**
   * @param delayMs - How long everything takes, in milliseconds, 0 or more.
   */
  constructor(delayMs: number) {
    this.delayMs = delayMs;
  }

  /** How many are under way. */
  get size(): number {
    return this.#size;
  }

  /** When the first one arrives; `Infinity` where none is under way. */
  get next(): number {
    return this.#size === 0 ? Infinity : (this.#times[this.#head] ?? Infinity);
  }

  /**
   * Sends one on its way.
   *
   * @param arrival - What arrives.
   * @param now - The time; never less than at the call before.
   */
  send(arrival: Arrival, now: number): void {
    if (this.#size === this.#arrivals.length) this.#grow();
    const place = (this.#head + this.#size) & (this.#arrivals.length - 1);
    this.#times[place] = now + this.delayMs;
    this.#arrivals[place] = arrival;
    this.#size += 1;
  }

  /** Takes the first one, or `undefined`. */
  take(): Arrival | undefined {
    if (this.#size === 0) return undefined;
    const arrival = this.#arrivals[this.#head];
    this.#arrivals[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#arrivals.length - 1);
    this.#size -= 1;
    return arrival;
  }

  #grow(): void {
    const places = this.#arrivals.length;
    const times = new Float64Array(2 * places);
    const arrivals = new Array<Arrival | undefined>(2 * places).fill(undefined);
    for (let index = 0; index < this.#size; index += 1) {
      const from = (this.#head + index) & (places - 1);
      times[index] = this.#times[from] ?? 0;
      arrivals[index] = this.#arrivals[from];
    }
    this.#times = times;
    this.#arrivals = arrivals;
    this.#head = 0;
  }
}
