import type { NumberArena } from './number-arena.ts';
import { levelWord } from './seat-fields.ts';
import type { SeatRecords } from './seat-records.ts';
import type { SelectionStore } from './selection-store.ts';

/** Entries left out in front of the root: with them the four children of an entry are aligned, and lie in one page. */
const margin: number = 3;

/** Walks that want no more levels than this keep the open positions in order. */
const maximumFew: number = 16;

/**
 * The levels of a pool by key: a 4-ary heap of the seats that lead them. All keys are distinct, and in an entry beside
 * the seat, so that a comparison reads no records. The record of the seat holds its position. Position `p` is the
 * entry `p + 3` of the run, the children of `p` are `4p + 1 .. 4p + 4`.
 */
export class LevelHeap {
  readonly #arena: NumberArena;
  readonly #records: SeatRecords;
  /** The positions that may come next in a walk; none is below another one. */
  readonly #open: number[];
  #base: number = 0;
  #length: number = 0;
  #size: number = 0;
  /** The seat at the top, which is asked for with every selection. */
  #top: number = -1;
  #openCount: number = 0;
  #isFew: boolean = true;

  constructor(store: SelectionStore) {
    this.#arena = store.arena;
    this.#records = store.records;
    this.#open = store.frontier;
  }

  /** How many levels there are. */
  get size(): number {
    return this.#size;
  }

  /** The seat that leads the first level, or -1. */
  get top(): number {
    return this.#top;
  }

  /** Adds a level whose key is not there yet. */
  add(seat: number, key: number): void {
    const position = this.#size++;
    const needed = (this.#size + margin) * 2;
    if (needed > this.#length) this.#lengthen(needed);
    this.#rise(position, key, seat);
  }

  /** Removes the level at a position. */
  removeAt(position: number): void {
    const last = --this.#size;
    if (position === last) {
      if (last === 0) this.#top = -1;
      return;
    }
    const { pages, shift, mask } = this.#arena;
    const address = this.#base + (last + margin) * 2;
    const page = pages[address >> shift] as Float64Array;
    const key = page[address & mask] as number;
    const seat = (page[(address & mask) + 1] as number) | 0;
    if (position > 0 && key < this.#keyAt((position - 1) >> 2)) this.#rise(position, key, seat);
    else this.#sink(position, key, seat);
  }

  /** Another seat leads the level at a position from now on. */
  replaceAt(position: number, seat: number): void {
    const { pages, shift, mask } = this.#arena;
    const address = this.#base + (position + margin) * 2 + 1;
    (pages[address >> shift] as Float64Array)[address & mask] = seat;
    this.#placed(seat, position);
  }

  /** Begins a walk over the levels in order at the first one. The heap must not change until it is over. */
  startWalk(maximumLevels: number): void {
    this.#isFew = maximumLevels <= maximumFew;
    this.#openCount = 0;
    this.#openChildren(0, maximumLevels - 1);
  }

  /**
   * Goes on to the next level.
   *
   * @param maximumLevels - How many more levels, at most, are asked for after this one.
   * @returns The seat that leads the level; there has to be one.
   */
  walk(maximumLevels: number): number {
    const open = this.#open;
    let position: number;
    if (this.#isFew) {
      position = open[--this.#openCount] as number;
    } else {
      position = open[0] as number;
      this.#closeFirst();
    }
    if (maximumLevels > 0) this.#openChildren(position, maximumLevels);
    const { pages, shift, mask } = this.#arena;
    const address = this.#base + (position + margin) * 2 + 1;
    return ((pages[address >> shift] as Float64Array)[address & mask] as number) | 0;
  }

  /** Gives the memory of the heap back, which is empty then. */
  release(): void {
    if (this.#length > 0) this.#arena.release(this.#base, this.#length);
    this.#length = 0;
    this.#size = 0;
    this.#top = -1;
  }

  #lengthen(needed: number): void {
    const length = this.#arena.lengthFor(needed);
    this.#base =
      this.#length === 0 ? this.#arena.take(length) : this.#arena.lengthen(this.#base, this.#length, length);
    this.#length = length;
  }

  #keyAt(position: number): number {
    const { pages, shift, mask } = this.#arena;
    const address = this.#base + (position + margin) * 2;
    return (pages[address >> shift] as Float64Array)[address & mask] as number;
  }

  #placed(seat: number, position: number): void {
    const { words, shift, mask } = this.#records;
    (words[seat >> shift] as Int32Array)[((seat & mask) << 4) + levelWord] = position;
    if (position === 0) this.#top = seat;
  }

  #write(position: number, key: number, seat: number): void {
    const { pages, shift, mask } = this.#arena;
    const address = this.#base + (position + margin) * 2;
    const page = pages[address >> shift] as Float64Array;
    page[address & mask] = key;
    page[(address & mask) + 1] = seat;
    this.#placed(seat, position);
  }

  #rise(start: number, key: number, seat: number): void {
    const { pages, shift, mask } = this.#arena;
    let position = start;
    while (position > 0) {
      const above = (position - 1) >> 2;
      const address = this.#base + (above + margin) * 2;
      const page = pages[address >> shift] as Float64Array;
      const aboveKey = page[address & mask] as number;
      if (aboveKey < key) break;
      this.#write(position, aboveKey, (page[(address & mask) + 1] as number) | 0);
      position = above;
    }
    this.#write(position, key, seat);
  }

  #sink(start: number, key: number, seat: number): void {
    const { pages, shift, mask } = this.#arena;
    let position = start;
    for (;;) {
      const first = 4 * position + 1;
      const children = Math.min(4, this.#size - first);
      if (children <= 0) break;
      const address = this.#base + (first + margin) * 2;
      const page = pages[address >> shift] as Float64Array;
      const start = address & mask;
      const end = start + children * 2;
      let best = -1;
      let bestKey = key;
      for (let entry = start; entry < end; entry += 2) {
        const childKey = page[entry] as number;
        if (childKey > bestKey) continue;
        best = entry;
        bestKey = childKey;
      }
      if (best < 0) break;
      this.#write(position, bestKey, (page[best + 1] as number) | 0);
      position = first + ((best - start) >> 1);
    }
    this.#write(position, key, seat);
  }

  #openChildren(position: number, maximumLevels: number): void {
    const end = Math.min(4 * position + 5, this.#size);
    for (let child = 4 * position + 1; child < end; child++) {
      if (this.#isFew) this.#openInOrder(child, maximumLevels);
      else this.#openInHeap(child);
    }
  }

  /** The next position is the last one here, and no more positions are kept than levels can still be asked for. */
  #openInOrder(position: number, maximumLevels: number): void {
    const open = this.#open;
    const key = this.#keyAt(position);
    let place = this.#openCount;
    if (place < maximumLevels) {
      this.#openCount++;
      while (place > 0 && this.#keyAt(open[place - 1] as number) < key) {
        open[place] = open[place - 1] as number;
        place--;
      }
      open[place] = position;
      return;
    }
    if (place === 0 || this.#keyAt(open[0] as number) < key) return;
    for (place = 1; place < this.#openCount && this.#keyAt(open[place] as number) > key; place++) {
      open[place - 1] = open[place] as number;
    }
    open[place - 1] = position;
  }

  #openInHeap(position: number): void {
    const open = this.#open;
    const key = this.#keyAt(position);
    let index = this.#openCount++;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = open[above] as number;
      if (this.#keyAt(parent) < key) break;
      open[index] = parent;
      index = above;
    }
    open[index] = position;
  }

  #closeFirst(): void {
    const open = this.#open;
    const size = --this.#openCount;
    const moved = open[size] as number;
    const key = this.#keyAt(moved);
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= size) break;
      const right = left + 1;
      const isRight = right < size && this.#keyAt(open[right] as number) < this.#keyAt(open[left] as number);
      const child = isRight ? right : left;
      const position = open[child] as number;
      if (this.#keyAt(position) > key) break;
      open[index] = position;
      index = child;
    }
    open[index] = moved;
  }
}
