import { capacityFor, grownInt32 } from './growth.ts';

/**
 * The circular list with a head of RFC 5356 section 4.1.2, over seats. Every operation but {@link Ring.list}
 * takes constant time.
 */
export class Ring {
  #next: Int32Array = new Int32Array(0);
  #previous: Int32Array = new Int32Array(0);
  #head: number = -1;
  #size: number = 0;

  /** How many seats are in the ring. */
  get size(): number {
    return this.#size;
  }

  /** Puts a new seat at the tail, just before the head: its turn comes when all others had theirs. */
  append(seat: number): void {
    if (seat >= this.#next.length) {
      const capacity = capacityFor(seat);
      this.#next = grownInt32(this.#next, capacity);
      this.#previous = grownInt32(this.#previous, capacity);
    }
    const head = this.#head < 0 ? seat : this.#head;
    const tail = this.#head < 0 ? seat : (this.#previous[head] as number);
    this.#next[tail] = seat;
    this.#previous[seat] = tail;
    this.#next[seat] = head;
    this.#previous[head] = seat;
    this.#head = head;
    this.#size++;
  }

  /** Takes out a seat that is in the ring; where it is the head, the next one becomes the head. */
  remove(seat: number): void {
    const next = this.#next[seat] as number;
    const previous = this.#previous[seat] as number;
    this.#next[previous] = next;
    this.#previous[next] = previous;
    this.#size--;
    if (this.#size === 0) this.#head = -1;
    else if (this.#head === seat) this.#head = next;
  }

  /**
   * Writes the seats from the head on, each once.
   *
   * @returns How many: `count`, or fewer where the ring is smaller.
   */
  list(count: number, into: number[]): number {
    const length = Math.min(count, this.#size);
    let seat = this.#head;
    for (let index = 0; index < length; index++) {
      into[index] = seat;
      seat = this.#next[seat] as number;
    }
    return length;
  }

  /** Moves the head on. */
  advance(steps: number): void {
    for (let step = 0; step < steps; step++) this.#head = this.#next[this.#head] as number;
  }
}
