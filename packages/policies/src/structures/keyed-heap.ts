import type { NumberArena } from './number-arena.ts';
import { positionField } from './seat-fields.ts';
import type { SeatRecords } from './seat-records.ts';
import { SelectionStore } from './selection-store.ts';
import {
  ageOffset,
  entryLength,
  indexOfSeat,
  rankOffset,
  removeEntry,
  seatOffset,
  settleEntry,
} from './sorted-entries.ts';

/** Entries left out in front of the root: with them the four children of an entry are aligned, and lie in one page. */
const margin: number = 3;

/** Lists up to this length are made without a heap of their own. */
const maximumFew: number = 16;

/** Up to so many seats all entries are in order. */
const maximumSorted: number = 32;

/**
 * Seats ordered by a key, among equal keys by a rank, and among equal ranks by age: a 4-ary heap. Seats enter
 * and leave in O(log n); the first `h` in order are listed in O(h log h) without disturbing the heap.
 *
 * The entries hold what they are compared by, so that a comparison reads no records; the record of a seat holds its
 * position. Position `p` is the entry `p + 3` of the run, the children of `p` are `4p + 1 .. 4p + 4`.
 *
 * A heap that never had more than a few seats is kept sorted, which is a special case of a heap: then no positions
 * are kept, and seats are looked for.
 */
export class KeyedHeap {
  readonly #arena: NumberArena;
  readonly #records: SeatRecords;
  readonly #frontier: number[];
  #base: number = 0;
  #length: number = 0;
  #size: number = 0;
  #isSorted: boolean = true;

  constructor(store: SelectionStore = new SelectionStore()) {
    this.#arena = store.arena;
    this.#records = store.records;
    this.#frontier = store.frontier;
  }

  /** How many seats are in the heap. */
  get size(): number {
    return this.#size;
  }

  /** The first seat; the heap must not be empty. */
  get top(): number {
    return this.#read(0, seatOffset);
  }

  /** The key of the first seat; the heap must not be empty. */
  get topKey(): number {
    return this.#read(0, 0);
  }

  /** The age of the first seat; the heap must not be empty. */
  get topAge(): number {
    return this.#read(0, ageOffset);
  }

  /** The key of a seat that is in the heap. */
  keyOf(seat: number): number {
    return this.#read(this.#positionOf(seat), 0);
  }

  /** The age of a seat that is in the heap: among equal keys the smaller one is the older and comes first. */
  ageOf(seat: number): number {
    return this.#read(this.#positionOf(seat), ageOffset);
  }

  /** Tells whether a seat is in the heap. */
  has(seat: number): boolean {
    if (this.#isSorted) return this.#positionOf(seat) >= 0;
    if (seat >= this.#records.capacity) return false;
    const position = this.#records.get(seat, positionField);
    return position < this.#size && this.#read(position, seatOffset) === seat;
  }

  /** Adds a seat that is not in the heap. */
  add(seat: number, key: number, age: number, rank: number = 0): void {
    this.#records.reserve(seat);
    const position = this.#size++;
    const needed = (this.#size + margin) * entryLength;
    if (needed > this.#length) this.#lengthen(needed);
    if (this.#isSorted) {
      if (position < maximumSorted) {
        this.#settle(position, key, rank, age, seat);
        return;
      }
      this.#leaveOrder(position);
    }
    this.#rise(position, key, rank, age, seat);
  }

  /** Takes out a seat that is in the heap. */
  remove(seat: number): void {
    this.#removeAt(this.#positionOf(seat));
  }

  /** Takes out the first seat. */
  removeTop(): void {
    this.#removeAt(0);
  }

  /** Adds the same amount to all keys. It must not make two of them equal: their order would be wrong. */
  shift(amount: number): void {
    for (let position = 0; position < this.#size; position++) {
      const address = this.#base + (position + margin) * entryLength;
      const page = this.#arena.pages[address >> this.#arena.shift] as Float64Array;
      page[address & this.#arena.mask] = (page[address & this.#arena.mask] as number) + amount;
    }
  }

  /** Calls back for every seat, in no particular order. */
  forEach(visit: (seat: number) => void): void {
    for (let position = 0; position < this.#size; position++) visit(this.#read(position, seatOffset));
  }

  /** Gives the memory of an empty heap back. */
  release(): void {
    if (this.#length > 0) this.#arena.release(this.#base, this.#length);
    this.#length = 0;
    this.#isSorted = true;
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
    into[offset] = this.#read(0, seatOffset);
    if (this.#isSorted) {
      for (let index = 1; index < length; index++) into[offset + index] = this.#read(index, seatOffset);
      return length;
    }
    if (length <= maximumFew) return this.#listFew(length, into, offset);
    // Only the children of what was listed can come next: a binary heap of positions.
    let open = this.#openChildren(0, 0);
    for (let index = 1; index < length; index++) {
      const position = this.#frontier[0] as number;
      into[offset + index] = this.#read(position, seatOffset);
      open = this.#closeFirst(open);
      if (index + 1 < length) open = this.#openChildren(position, open);
    }
    return length;
  }

  /** The frontier is kept in order, and no longer than what can still be listed: most children are not even added. */
  #listFew(length: number, into: number[], offset: number): number {
    const frontier = this.#frontier;
    let position = 0;
    let next = 0;
    let end = 0;
    for (let index = 1; index < length; index++) {
      const last = Math.min(4 * position + 5, this.#size);
      for (let child = 4 * position + 1; child < last; child++) {
        let place = end;
        if (end - next < length - index) end++;
        else if (this.#positionBefore(child, frontier[end - 1] as number)) place--;
        else continue;
        while (place > next && this.#positionBefore(child, frontier[place - 1] as number)) {
          frontier[place] = frontier[place - 1] as number;
          place--;
        }
        frontier[place] = child;
      }
      position = frontier[next++] as number;
      into[offset + index] = this.#read(position, seatOffset);
    }
    return length;
  }

  #removeAt(position: number): void {
    const { pages, shift, mask } = this.#arena;
    if (this.#isSorted) {
      const first = this.#base + margin * entryLength;
      removeEntry(pages[first >> shift] as Float64Array, first & mask, this.#size--, position);
      return;
    }
    const last = --this.#size;
    if (position === last) return;
    const address = this.#base + (last + margin) * entryLength;
    const page = pages[address >> shift] as Float64Array;
    const entry = address & mask;
    this.#place(
      position,
      page[entry] as number,
      page[entry + rankOffset] as number,
      page[entry + ageOffset] as number,
      page[entry + seatOffset] as number,
    );
  }

  #positionOf(seat: number): number {
    if (!this.#isSorted) return this.#records.get(seat, positionField);
    if (this.#size === 0) return -1;
    const { pages, shift, mask } = this.#arena;
    const first = this.#base + margin * entryLength;
    return indexOfSeat(pages[first >> shift] as Float64Array, first & mask, this.#size, seat);
  }

  /** Puts an entry in order, where there is a free place for it. */
  #settle(free: number, key: number, rank: number, age: number, seat: number): void {
    const { pages, shift, mask } = this.#arena;
    const first = this.#base + margin * entryLength;
    settleEntry(pages[first >> shift] as Float64Array, first & mask, this.#size, free, key, rank, age, seat);
  }

  /** From now on it is a heap like any other. */
  #leaveOrder(size: number): void {
    this.#isSorted = false;
    for (let position = 0; position < size; position++) {
      this.#records.set(this.#read(position, seatOffset), positionField, position);
    }
  }

  #read(position: number, offset: number): number {
    const { pages, shift, mask } = this.#arena;
    const address = this.#base + (position + margin) * entryLength + offset;
    return (pages[address >> shift] as Float64Array)[address & mask] as number;
  }

  #write(position: number, key: number, rank: number, age: number, seat: number): void {
    const { pages, shift, mask } = this.#arena;
    const address = this.#base + (position + margin) * entryLength;
    const page = pages[address >> shift] as Float64Array;
    const entry = address & mask;
    page[entry] = key;
    page[entry + rankOffset] = rank;
    page[entry + ageOffset] = age;
    page[entry + seatOffset] = seat;
    this.#records.set(seat, positionField, position);
  }

  /** Moves an entry to another position. */
  #move(from: number, to: number): void {
    const { pages, shift, mask } = this.#arena;
    const address = this.#base + (from + margin) * entryLength;
    const page = pages[address >> shift] as Float64Array;
    const entry = address & mask;
    this.#write(
      to,
      page[entry] as number,
      page[entry + rankOffset] as number,
      page[entry + ageOffset] as number,
      page[entry + seatOffset] as number,
    );
  }

  /** Whether an entry is to come before what lies at a position. */
  #precedes(key: number, rank: number, age: number, position: number): boolean {
    const { pages, shift, mask } = this.#arena;
    const address = this.#base + (position + margin) * entryLength;
    const page = pages[address >> shift] as Float64Array;
    const entry = address & mask;
    const otherKey = page[entry] as number;
    if (key !== otherKey) return key < otherKey;
    const otherRank = page[entry + rankOffset] as number;
    if (rank !== otherRank) return rank < otherRank;
    return age < (page[entry + ageOffset] as number);
  }

  #positionBefore(left: number, right: number): boolean {
    const { pages, shift, mask } = this.#arena;
    const address = this.#base + (left + margin) * entryLength;
    const page = pages[address >> shift] as Float64Array;
    const entry = address & mask;
    return this.#precedes(
      page[entry] as number,
      page[entry + rankOffset] as number,
      page[entry + ageOffset] as number,
      right,
    );
  }

  #place(position: number, key: number, rank: number, age: number, seat: number): void {
    const rises = position > 0 && this.#precedes(key, rank, age, (position - 1) >> 2);
    if (rises) this.#rise(position, key, rank, age, seat);
    else this.#sink(position, key, rank, age, seat);
  }

  #rise(start: number, key: number, rank: number, age: number, seat: number): void {
    let position = start;
    while (position > 0) {
      const above = (position - 1) >> 2;
      if (!this.#precedes(key, rank, age, above)) break;
      this.#move(above, position);
      position = above;
    }
    this.#write(position, key, rank, age, seat);
  }

  #sink(start: number, key: number, rank: number, age: number, seat: number): void {
    const { pages, shift, mask } = this.#arena;
    let position = start;
    for (;;) {
      const first = 4 * position + 1;
      const children = Math.min(4, this.#size - first);
      if (children <= 0) break;
      const address = this.#base + (first + margin) * entryLength;
      const page = pages[address >> shift] as Float64Array;
      const end = (address & mask) + children * entryLength;
      let best = -1;
      let bestKey = key;
      let bestRank = rank;
      let bestAge = age;
      for (let entry = address & mask; entry < end; entry += entryLength) {
        const childKey = page[entry] as number;
        if (childKey > bestKey) continue;
        const childRank = page[entry + rankOffset] as number;
        const childAge = page[entry + ageOffset] as number;
        if (childKey === bestKey) {
          if (childRank > bestRank || (childRank === bestRank && childAge >= bestAge)) continue;
        }
        best = entry;
        bestKey = childKey;
        bestRank = childRank;
        bestAge = childAge;
      }
      if (best < 0) break;
      this.#write(position, bestKey, bestRank, bestAge, page[best + seatOffset] as number);
      position = first + ((best - (address & mask)) >> 2);
    }
    this.#write(position, key, rank, age, seat);
  }

  #lengthen(needed: number): void {
    const length = this.#arena.lengthFor(needed);
    this.#base =
      this.#length === 0 ? this.#arena.take(length) : this.#arena.lengthen(this.#base, this.#length, length);
    this.#length = length;
  }

  #openChildren(position: number, open: number): number {
    const frontier = this.#frontier;
    const end = Math.min(4 * position + 5, this.#size);
    let size = open;
    for (let child = 4 * position + 1; child < end; child++) {
      let index = size++;
      while (index > 0) {
        const above = (index - 1) >> 1;
        const parent = frontier[above] as number;
        if (!this.#positionBefore(child, parent)) break;
        frontier[index] = parent;
        index = above;
      }
      frontier[index] = child;
    }
    return size;
  }

  /** Takes the first position out of the frontier; returns how many are left. */
  #closeFirst(open: number): number {
    const frontier = this.#frontier;
    const size = open - 1;
    const moved = frontier[size] as number;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= size) break;
      const right = left + 1;
      const rightFirst =
        right < size && this.#positionBefore(frontier[right] as number, frontier[left] as number);
      const child = rightFirst ? right : left;
      const position = frontier[child] as number;
      if (!this.#positionBefore(position, moved)) break;
      frontier[index] = position;
      index = child;
    }
    frontier[index] = moved;
    return size;
  }
}
