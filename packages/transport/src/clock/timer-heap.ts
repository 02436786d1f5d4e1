import type { TimerHandle } from '../contract/clock.ts';

/** A timer in a {@link TimerHeap}. */
export interface HeapTimer extends TimerHandle {
  /** What to run. */
  readonly callback: () => void;
  /** Orders timers of the same time as they were set. */
  readonly order: number;
  /** Whether it was stopped; a stopped timer leaves the heap when it comes to the top. */
  stopped: boolean;
}

const isEarlier = (a: HeapTimer, b: HeapTimer): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order);

/** Timers in the order of their times, and of their setting where the times are equal. */
export class TimerHeap {
  readonly #heap: HeapTimer[] = [];
  #order = 0;
  #stopped = 0;

  /**
   * Adds a timer.
   *
   * @param at - Its time.
   * @param callback - What to run.
   */
  add(at: number, callback: () => void): HeapTimer {
    const timer: HeapTimer = { at, callback, order: this.#order++, stopped: false };
    this.#heap.push(timer);
    this.#up(this.#heap.length - 1);
    return timer;
  }

  /**
   * Stops a timer.
   *
   * @param timer - What {@link add} returned.
   */
  stop(timer: HeapTimer): void {
    if (timer.stopped) return;
    timer.stopped = true;
    this.#stopped += 1;
    // Timers that are set and stopped all the time must not pile up.
    if (this.#stopped > 64 && this.#stopped > this.#heap.length / 2) this.#compact();
  }

  /** The time of the earliest timer, or `undefined`. */
  next(): number | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined) return undefined;
      if (!first.stopped) return first.at;
      this.#shift();
      this.#stopped -= 1;
    }
  }

  /**
   * Takes the earliest timer off, where it is due.
   *
   * @param now - The time.
   */
  takeDue(now: number): HeapTimer | undefined {
    const next = this.next();
    if (next === undefined || next > now) return undefined;
    const timer = this.#shift();
    // A timer that has run counts as stopped, so that stopping it later changes nothing.
    if (timer !== undefined) timer.stopped = true;
    return timer;
  }

  #compact(): void {
    const running = this.#heap.filter((timer) => !timer.stopped);
    running.sort((a, b) => (isEarlier(a, b) ? -1 : 1));
    this.#heap.length = 0;
    for (const timer of running) this.#heap.push(timer);
    this.#stopped = 0;
  }

  #shift(): HeapTimer | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first === undefined || last === undefined) return undefined;
    if (this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#down();
    }
    return first;
  }

  #up(position: number): void {
    let at = position;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfEarlier(at, parent)) return;
      at = parent;
    }
  }

  #down(): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      const a = this.#heap[left];
      const b = this.#heap[right];
      const least = a !== undefined && b !== undefined && isEarlier(b, a) ? right : left;
      if (!this.#swapIfEarlier(least, at)) return;
      at = least;
    }
  }

  #swapIfEarlier(lower: number, upper: number): boolean {
    const a = this.#heap[lower];
    const b = this.#heap[upper];
    if (a === undefined || b === undefined || !isEarlier(a, b)) return false;
    this.#heap[lower] = b;
    this.#heap[upper] = a;
    return true;
  }
}
