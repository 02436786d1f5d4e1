/** Something that happens at a time: a timer, or the arrival of a message. */
export abstract class SimulatedEvent {
  /** When it is due, in milliseconds of virtual time. */
  due = 0;
  /** Orders events that are due at the same time as they were scheduled. */
  order = 0;
  /** Whether it was called off; it leaves the queue when it comes to the front. */
  isCancelled = false;

  /** Lets it happen. */
  abstract run(): void;
}

/**
 * Events in the order of their times, and of their scheduling where the times are equal: a heap with four children
 * each, which is shallower than one with two and faster where events are mostly added at the end.
 */
export class EventQueue {
  readonly #heap: SimulatedEvent[] = [];
  #order = 0;
  #cancelled = 0;

  /** How many events wait that were not called off. */
  get size(): number {
    return this.#heap.length - this.#cancelled;
  }

  /**
   * Adds an event.
   *
   * @param event - An event that is in no queue.
   * @param due - When it is due.
   */
  add(event: SimulatedEvent, due: number): void {
    event.due = due;
    event.order = this.#order++;
    event.isCancelled = false;
    this.#heap.push(event);
    this.#up(this.#heap.length - 1);
  }

  /**
   * Calls an event off. Calling off one that has happened is no error.
   *
   * @param event - The event.
   */
  cancel(event: SimulatedEvent): void {
    if (event.isCancelled) return;
    event.isCancelled = true;
    this.#cancelled += 1;
    // Timers that are set and cleared all the time must not pile up.
    if (this.#cancelled > 256 && this.#cancelled > this.#heap.length / 2) this.#compact();
  }

  /**
   * Takes the first event, where it is due.
   *
   * @param until - The latest time that counts.
   */
  take(until: number): SimulatedEvent | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || first.due > until) return undefined;
      this.#shift();
      if (!first.isCancelled) {
        // Called off later, it must not be counted as one that is still here.
        first.isCancelled = true;
        return first;
      }
      this.#cancelled -= 1;
    }
  }

  #compact(): void {
    const kept = this.#heap.filter((event) => !event.isCancelled);
    kept.sort((a, b) => a.due - b.due || a.order - b.order);
    this.#heap.length = 0;
    for (const event of kept) this.#heap.push(event);
    this.#cancelled = 0;
  }

  #shift(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#down(last);
  }

  #up(position: number): void {
    const heap = this.#heap;
    const event = heap[position] as SimulatedEvent;
    let at = position;
    while (at > 0) {
      const parent = (at - 1) >> 2;
      const above = heap[parent] as SimulatedEvent;
      if (above.due < event.due || (above.due === event.due && above.order < event.order)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = event;
  }

  #down(event: SimulatedEvent): void {
    const heap = this.#heap;
    const { length } = heap;
    let at = 0;
    for (;;) {
      const first = 4 * at + 1;
      if (first >= length) break;
      let least = first;
      let leastEvent = heap[first] as SimulatedEvent;
      const end = Math.min(first + 4, length);
      for (let child = first + 1; child < end; child += 1) {
        const other = heap[child] as SimulatedEvent;
        if (other.due < leastEvent.due || (other.due === leastEvent.due && other.order < leastEvent.order)) {
          least = child;
          leastEvent = other;
        }
      }
      if (event.due < leastEvent.due || (event.due === leastEvent.due && event.order < leastEvent.order))
        break;
      heap[at] = leastEvent;
      at = least;
    }
    heap[at] = event;
  }
}
