import { capacityFor, grownFloat64, grownInt32 } from './growth.ts';

/** Options of {@link KeyedHeap}. */
export interface KeyedHeapOptions {
  /** Whether seats have a rank, which decides among equal keys before the age does. Default: no. */
  readonly ranked?: boolean;
}

/**
 * Seats ordered by a key, and by age among equal keys: a 4-ary heap in arrays. Seats enter, leave and change
 * their key in O(log n); the first `h` in order are listed in O(h log h) without disturbing the heap.
 */
export class KeyedHeap {
  #keys: Float64Array = new Float64Array(0);
  #ages: Float64Array = new Float64Array(0);
  /** Where each seat is in the heap. */
  #positions: Int32Array = new Int32Array(0);
  #heap: Int32Array = new Int32Array(0);
  #ranks: Float64Array | undefined;
  #size: number = 0;
  /** Positions of the heap that {@link KeyedHeap.list} has to consider next, itself a binary heap. */
  #frontier: Int32Array = new Int32Array(0);
  #frontierSize: number = 0;

  constructor(options: KeyedHeapOptions = {}) {
    if (options.ranked === true) this.#ranks = new Float64Array(0);
  }

  /** How many seats are in the heap. */
  get size(): number {
    return this.#size;
  }

  /** The first seat; the heap must not be empty. */
  get top(): number {
    return this.#heap[0] as number;
  }

  /** The key of a seat that is in the heap. */
  keyOf(seat: number): number {
    return this.#keys[seat] as number;
  }

  /** The age of a seat that is in the heap: among equal keys the smaller one is the older and comes first. */
  ageOf(seat: number): number {
    return this.#ages[seat] as number;
  }

  /** Tells whether a seat is in the heap. */
  has(seat: number): boolean {
    const position = this.#positions[seat];
    return position !== undefined && position < this.#size && this.#heap[position] === seat;
  }

  /** Adds a seat that is not in the heap. */
  add(seat: number, key: number, age: number, rank: number = 0): void {
    if (seat >= this.#keys.length) {
      const capacity = capacityFor(seat);
      this.#keys = grownFloat64(this.#keys, capacity);
      this.#ages = grownFloat64(this.#ages, capacity);
      if (this.#ranks !== undefined) this.#ranks = grownFloat64(this.#ranks, capacity);
      this.#positions = grownInt32(this.#positions, capacity);
      this.#heap = grownInt32(this.#heap, capacity);
    }
    this.#keys[seat] = key;
    this.#ages[seat] = age;
    if (this.#ranks !== undefined) this.#ranks[seat] = rank;
    this.#rise(this.#size++, seat);
  }

  /** Takes out a seat that is in the heap. */
  remove(seat: number): void {
    const position = this.#positions[seat] as number;
    const last = this.#heap[--this.#size] as number;
    if (last !== seat) this.#place(position, last);
  }

  /** Changes the key and the age of a seat that is in the heap. */
  change(seat: number, key: number, age: number): void {
    this.#keys[seat] = key;
    this.#ages[seat] = age;
    this.#place(this.#positions[seat] as number, seat);
  }

  /** Adds the same amount to all keys. It must not make two of them equal: their order would be wrong. */
  shift(amount: number): void {
    this.forEach((seat) => {
      this.#keys[seat] = this.keyOf(seat) + amount;
    });
  }

  /** Calls back for every seat, in no particular order. */
  forEach(visit: (seat: number) => void): void {
    for (let position = 0; position < this.#size; position++) visit(this.#heap[position] as number);
  }

  /**
   * Writes the first seats in order.
   *
   * @param offset - The index of `into` to start at.
   * @returns How many: `count`, or fewer where the heap is smaller.
   */
  list(count: number, into: number[], offset: number = 0): number {
    const length = Math.min(count, this.#size);
    if (length <= 0) return 0;
    into[offset] = this.#heap[0] as number;
    if (length === 1) return 1;
    // Only the children of what was listed can come next.
    this.#frontierSize = 0;
    this.#reserveFrontier(Math.min(this.#size, 3 * length + 1));
    this.#openChildren(0);
    for (let index = 1; index < length; index++) {
      const position = this.#closestOfFrontier();
      into[offset + index] = this.#heap[position] as number;
      this.#openChildren(position);
    }
    return length;
  }

  #before(left: number, right: number): boolean {
    const difference = (this.#keys[left] as number) - (this.#keys[right] as number);
    if (difference !== 0) return difference < 0;
    if (this.#ranks !== undefined) {
      const distance = (this.#ranks[left] as number) - (this.#ranks[right] as number);
      if (distance !== 0) return distance < 0;
    }
    return (this.#ages[left] as number) < (this.#ages[right] as number);
  }

  #positionBefore(left: number, right: number): boolean {
    return this.#before(this.#heap[left] as number, this.#heap[right] as number);
  }

  #place(position: number, seat: number): void {
    const rises = position > 0 && this.#before(seat, this.#heap[(position - 1) >> 2] as number);
    if (rises) this.#rise(position, seat);
    else this.#sink(position, seat);
  }

  #rise(start: number, seat: number): void {
    const heap = this.#heap;
    let position = start;
    while (position > 0) {
      const above = (position - 1) >> 2;
      const parent = heap[above] as number;
      if (!this.#before(seat, parent)) break;
      heap[position] = parent;
      this.#positions[parent] = position;
      position = above;
    }
    heap[position] = seat;
    this.#positions[seat] = position;
  }

  #sink(start: number, seat: number): void {
    const heap = this.#heap;
    let position = start;
    for (;;) {
      const first = 4 * position + 1;
      if (first >= this.#size) break;
      const end = Math.min(first + 4, this.#size);
      let best = first;
      for (let child = first + 1; child < end; child++) {
        if (this.#before(heap[child] as number, heap[best] as number)) best = child;
      }
      const child = heap[best] as number;
      if (!this.#before(child, seat)) break;
      heap[position] = child;
      this.#positions[child] = position;
      position = best;
    }
    heap[position] = seat;
    this.#positions[seat] = position;
  }

  #reserveFrontier(length: number): void {
    if (length > this.#frontier.length) this.#frontier = new Int32Array(capacityFor(length));
  }

  #openChildren(position: number): void {
    const end = Math.min(4 * position + 5, this.#size);
    for (let child = 4 * position + 1; child < end; child++) {
      let index = this.#frontierSize++;
      while (index > 0) {
        const above = (index - 1) >> 1;
        const parent = this.#frontier[above] as number;
        if (!this.#positionBefore(child, parent)) break;
        this.#frontier[index] = parent;
        index = above;
      }
      this.#frontier[index] = child;
    }
  }

  #closestOfFrontier(): number {
    const frontier = this.#frontier;
    const closest = frontier[0] as number;
    const moved = frontier[--this.#frontierSize] as number;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= this.#frontierSize) break;
      const right = left + 1;
      const rightFirst =
        right < this.#frontierSize &&
        this.#positionBefore(frontier[right] as number, frontier[left] as number);
      const child = rightFirst ? right : left;
      const position = frontier[child] as number;
      if (!this.#positionBefore(position, moved)) break;
      frontier[index] = position;
      index = child;
    }
    frontier[index] = moved;
    return closest;
  }
}
