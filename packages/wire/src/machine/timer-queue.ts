/** Something with a timer: whoever owns it keeps the fields, and only the {@link TimerQueue} writes them. */
export interface QueuedTimer {
  /** When the timer expires, in milliseconds on the caller's clock; of no meaning while it does not run. */
  timerAt: number;
  /** Orders timers of the same time as they were set. */
  timerOrder: number;
  /** Its place in the queue, -1 while the timer does not run. */
  timerPlace: number;
}

/** The fields of something whose timer does not run. */
export function stoppedTimer(): QueuedTimer {
  return { timerAt: 0, timerOrder: 0, timerPlace: -1 };
}

/**
 * Timers of objects that carry them: one for each object, without names and without a search. {@link TimerTable} has
 * timers by name.
 *
 * Setting and stopping cost O(log n); the earliest timer is known in O(1).
 */
export class TimerQueue<Owner extends QueuedTimer> {
  readonly #heap: Owner[] = [];
  #order = 0;

  /** How many timers run. */
  get size(): number {
    return this.#heap.length;
  }

  /**
   * Starts an object's timer, or restarts it where it runs already.
   *
   * @param owner - The object.
   * @param at - When it expires, in milliseconds on the caller's clock.
   */
  set(owner: Owner, at: number): void {
    const before = owner.timerAt;
    owner.timerAt = at;
    owner.timerOrder = this.#order++;
    if (owner.timerPlace < 0) {
      owner.timerPlace = this.#heap.length;
      this.#heap.push(owner);
      this.#up(owner);
    } else if (at >= before) {
      this.#down(owner);
    } else {
      this.#up(owner);
    }
  }

  /**
   * Stops an object's timer. Stopping one that does not run is no error.
   *
   * @param owner - The object.
   */
  stop(owner: Owner): void {
    const place = owner.timerPlace;
    if (place < 0) return;
    owner.timerPlace = -1;
    const last = this.#heap.pop();
    if (last === undefined || last === owner) return;
    this.#put(last, place);
    this.#up(last);
    this.#down(last);
  }

  /** Stops all timers. */
  clear(): void {
    for (const owner of this.#heap) owner.timerPlace = -1;
    this.#heap.length = 0;
  }

  /** When the earliest timer expires, or `undefined` while none runs. */
  next(): number | undefined {
    return this.#heap[0]?.timerAt;
  }

  /**
   * Takes one expired timer off the queue: the earliest, and of equal ones the one that was set first.
   *
   * @param now - The time, in milliseconds on the caller's clock.
   * @returns Whose it is.
   */
  takeExpired(now: number): Owner | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.timerAt > now) return undefined;
    this.stop(first);
    return first;
  }

  #put(owner: Owner, place: number): void {
    this.#heap[place] = owner;
    owner.timerPlace = place;
  }

  #up(owner: Owner): void {
    let place = owner.timerPlace;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#heap[above];
      if (parent === undefined || !isEarlier(owner, parent)) break;
      this.#put(parent, place);
      place = above;
    }
    this.#put(owner, place);
  }

  #down(owner: Owner): void {
    let place = owner.timerPlace;
    for (;;) {
      const left = 2 * place + 1;
      let child = this.#heap[left];
      if (child === undefined) break;
      const right = this.#heap[left + 1];
      if (right !== undefined && isEarlier(right, child)) child = right;
      if (!isEarlier(child, owner)) break;
      const below = child.timerPlace;
      this.#put(child, place);
      place = below;
    }
    this.#put(owner, place);
  }
}

function isEarlier(left: QueuedTimer, right: QueuedTimer): boolean {
  return (
    left.timerAt < right.timerAt || (left.timerAt === right.timerAt && left.timerOrder < right.timerOrder)
  );
}
