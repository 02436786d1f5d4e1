/** A timer that runs; it knows its place in the heap, so that moving it does not search. */
interface Entry<Name> {
  readonly name: Name;
  at: number;
  order: number;
  position: number;
}

/**
 * A table of named timers: a timer is a name and a time, not an object with a callback. Keys are strings such
 * as `T2-registration` or, where there is one timer for each of many things, the name with an identifier, or a number.
 *
 * Setting and stopping cost O(log n); the earliest timer is known in O(1).
 */
export class TimerTable<Name extends string | number = string> {
  readonly #heap: Entry<Name>[] = [];
  readonly #entries: Map<Name, Entry<Name>> = new Map();
  #order = 0;

  /**
   * Starts a timer, or restarts it where it runs already.
   *
   * @param name - The timer's name.
   * @param at - When it expires, in milliseconds on the caller's clock.
   */
  set(name: Name, at: number): void {
    const order = this.#order++;
    const known = this.#entries.get(name);
    if (known === undefined) {
      const entry = { name, at, order, position: this.#heap.length };
      this.#heap.push(entry);
      this.#entries.set(name, entry);
      this.#up(entry);
      return;
    }
    const isLater = at >= known.at;
    known.at = at;
    known.order = order;
    if (isLater) this.#down(known);
    else this.#up(known);
  }

  /**
   * Stops a timer. Stopping one that does not run is no error.
   *
   * @param name - The timer's name.
   */
  stop(name: Name): void {
    const known = this.#entries.get(name);
    if (known === undefined) return;
    this.#entries.delete(name);
    const last = this.#heap.pop();
    if (last === undefined || last === known) return;
    last.position = known.position;
    this.#heap[last.position] = last;
    this.#up(last);
    this.#down(last);
  }

  /** Stops all timers. */
  clear(): void {
    this.#heap.length = 0;
    this.#entries.clear();
  }

  /**
   * When a timer expires, or `undefined` where it does not run.
   *
   * @param name - The timer's name.
   */
  get(name: Name): number | undefined {
    return this.#entries.get(name)?.at;
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

  #place(entry: Entry<Name>, position: number): void {
    this.#heap[position] = entry;
    entry.position = position;
  }

  #up(entry: Entry<Name>): void {
    let { position } = entry;
    while (position > 0) {
      const above = (position - 1) >> 1;
      const parent = this.#heap[above];
      if (parent === undefined || !isEarlier(entry, parent)) break;
      this.#place(parent, position);
      position = above;
    }
    this.#place(entry, position);
  }

  #down(entry: Entry<Name>): void {
    let { position } = entry;
    for (;;) {
      const left = 2 * position + 1;
      let child = this.#heap[left];
      const right = this.#heap[left + 1];
      if (child !== undefined && right !== undefined && isEarlier(right, child)) child = right;
      if (child === undefined || !isEarlier(child, entry)) break;
      const below = child.position;
      this.#place(child, position);
      position = below;
    }
    this.#place(entry, position);
  }
}

function isEarlier<Name>(left: Entry<Name>, right: Entry<Name>): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order);
}
