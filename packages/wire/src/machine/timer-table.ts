/**
 * A table of named timers: a timer is a name and a time, not an object with a callback. Keys are strings such
 * as `T2-registration` or, where there is one timer for each of many things, the name with an identifier.
 *
 * Setting and stopping cost O(log n); the earliest timer is known in O(1).
 */
export class TimerTable<Name extends string = string> {
  readonly #heap: { name: Name; at: number; order: number }[] = [];
  readonly #index: Map<Name, number> = new Map();
  #order = 0;

  /**
   * Starts a timer, or restarts it where it runs already.
   *
   * @param name - The timer's name.
   * @param at - When it expires, in milliseconds on the caller's clock.
   */
  set(name: Name, at: number): void {
    const known = this.#index.get(name);
    const entry = { name, at, order: this.#order++ };
    if (known === undefined) {
      this.#heap.push(entry);
      this.#index.set(name, this.#heap.length - 1);
      this.#up(this.#heap.length - 1);
    } else {
      this.#heap[known] = entry;
      this.#down(this.#up(known));
    }
  }

  /**
   * Stops a timer. Stopping one that does not run is no error.
   *
   * @param name - The timer's name.
   */
  stop(name: Name): void {
    const known = this.#index.get(name);
    if (known === undefined) return;
    this.#index.delete(name);
    const last = this.#heap.pop();
    if (last === undefined || last.name === name) return;
    this.#heap[known] = last;
    this.#index.set(last.name, known);
    this.#down(this.#up(known));
  }

  /** Stops all timers. */
  clear(): void {
    this.#heap.length = 0;
    this.#index.clear();
  }

  /**
   * When a timer expires, or `undefined` where it does not run.
   *
   * @param name - The timer's name.
   */
  get(name: Name): number | undefined {
    const known = this.#index.get(name);
    return known === undefined ? undefined : this.#heap[known]?.at;
  }

  /** When the earliest timer expires, or `undefined` while none runs. */
  next(): number | undefined {
    return this.#heap[0]?.at;
  }

  /**
   * Takes one expired timer off the table: the earliest, and of equal ones the one that was set first.
   *
   * @param now - The time, in milliseconds on the caller's clock.
   */
  takeExpired(now: number): Name | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.at > now) return undefined;
    this.stop(first.name);
    return first.name;
  }

  #isEarlier(left: number, right: number): boolean {
    const a = this.#heap[left];
    const b = this.#heap[right];
    if (a === undefined || b === undefined) return false;
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  #swap(left: number, right: number): void {
    const a = this.#heap[left];
    const b = this.#heap[right];
    if (a === undefined || b === undefined) return;
    this.#heap[left] = b;
    this.#heap[right] = a;
    this.#index.set(b.name, left);
    this.#index.set(a.name, right);
  }

  #up(position: number): number {
    let at = position;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isEarlier(at, parent)) break;
      this.#swap(at, parent);
      at = parent;
    }
    return at;
  }

  #down(position: number): void {
    let at = position;
    for (;;) {
      const left = 2 * at + 1;
      let least = at;
      if (left < this.#heap.length && this.#isEarlier(left, least)) least = left;
      if (left + 1 < this.#heap.length && this.#isEarlier(left + 1, least)) least = left + 1;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }
}
