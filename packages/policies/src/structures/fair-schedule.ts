import {
  addClass,
  changeWeight,
  countOffset,
  findClass,
  headOffset,
  keyOffset,
  membersStart,
  positionLength,
  removeClass,
  splitsLength,
  takeTurn,
  undoTurn,
  widen,
} from './fair-splits.ts';
import type { NumberArena } from './number-arena.ts';
import { countField, markField, stepField } from './seat-fields.ts';
import type { SeatRecords } from './seat-records.ts';
import { joinRings, linkAtTail, nextOf, unlink } from './seat-ring.ts';
import { SelectionStore } from './selection-store.ts';
import { binCount, binOf, binStart } from './weight-bins.ts';

/** Up to so many classes each weight has its own; they are looked through for it. */
const maximumUnbinned: number = 31;

/** Down to so many seats bins are given up: a walk over all of them costs nothing then. */
const fewSeats: number = 8;

/** The binary logarithm of the numbers of a seat's record. */
const recordShift: number = 3;

/** Stands where there is no run. */
const nothing: Float64Array = new Float64Array(0);

/**
 * The circular list of weighted round robin (RFC 5356 section 4.2.2), which is never written out: with 32-bit
 * weights it has up to 2^32 entries for each seat.
 *
 * Seats of the same weight are one class: a ring that is as heavy as they are together, and serves them one after the
 * other. The classes take turns by a tree of fair splits (see fair-splits.ts). So, while nothing changes, a seat whose
 * class has `m` seats is off its share `turns * weight / sum` by less than `l / 2m + 1 - 1/m` turns, where `l` is the
 * binary logarithm of the number of classes, rounded up. Over a whole round of the list it has exactly its weight.
 *
 * With more than 31 different weights, those that begin with the same seven bits share a class. Within one of different
 * weights, all between `key` and `key * 65/64`, a seat stays at the head for another turn whenever the part by which it
 * is heavier has added up to one: that puts it off by less than two turns more, and it still has exactly its weight
 * over a whole round. There are at most 1728 such classes, so that no seat is ever off by more than 9 turns.
 *
 * Every operation takes constant time: the tree has eleven levels at most.
 */
export class FairSchedule {
  // What each change looks at lies in front, in one cache line.
  readonly #records: SeatRecords;
  /** Where the tree is: up to 31 classes in a run of the store, more in an array of their own. */
  #page: Float64Array = nothing;
  #tree: number = 0;
  #classes: number = 0;
  /** The position of the class of each bin, 0 where there is none; nothing while each weight has its own class. */
  #bins: Int16Array | undefined = undefined;
  /** Where the members of the classes begin, as the tree does in its page. */
  #members: number = 0;
  #size: number = 0;
  #capacity: number = 0;
  #base: number = -1;
  readonly #arena: NumberArena;

  constructor(store: SelectionStore = new SelectionStore()) {
    this.#arena = store.arena;
    this.#records = store.records;
  }

  /** How many seats are in the schedule. */
  get size(): number {
    return this.#size;
  }

  /** Adds a seat that is not in the schedule, with a weight of at least 1, at the tail of its equals. */
  add(seat: number, weight: number): void {
    const records = this.#records;
    records.reserve(seat);
    const fields = records.pages[seat >> records.shift] as Float64Array;
    const record = (seat & records.mask) << recordShift;
    linkAtTail(records, -1, seat);
    fields[record + stepField] = weight;
    fields[record + countField] = weight >>> 1;
    fields[record + markField] = 0;
    this.#size++;
    const position = this.#find(weight);
    if (position > 0) {
      this.#enter(position, seat, 1, weight);
      return;
    }
    if (this.#bins === undefined && this.#classes === maximumUnbinned) this.#toBins();
    this.#enterAny(seat, 1, weight);
  }

  /** Takes out a seat that is in the schedule. */
  remove(seat: number): void {
    const page = this.#page;
    const weight = this.#records.get(seat, stepField);
    const position = this.#find(weight);
    const members = this.#members + position * positionLength;
    this.#size--;
    const count = (page[members + countOffset] as number) - 1;
    if (count > 0) {
      page[members + headOffset] = unlink(this.#records, page[members + headOffset] as number, seat);
      page[members + countOffset] = count;
      const sum = page[this.#tree + position * positionLength] as number;
      changeWeight(page, this.#tree, position, sum - weight);
    } else {
      this.#removeClass(position, weight);
    }
    if (this.#size === 0) this.#release();
    else if (this.#size <= fewSeats && this.#bins !== undefined) this.#toClasses();
  }

  /**
   * Changes the weight of a seat. Where others have the old or the new weight it goes to the tail of its new equals;
   * else it keeps what it is off.
   */
  reweigh(seat: number, weight: number): void {
    const records = this.#records;
    const fields = records.pages[seat >> records.shift] as Float64Array;
    const record = (seat & records.mask) << recordShift;
    const before = fields[record + stepField] as number;
    if (before === weight) return;
    const page = this.#page;
    const position = this.#bins === undefined ? this.#findAlone(before, weight) : -1;
    // A class that weighs what one seat does has no other; its members need not be looked at.
    if (position < 0 || page[this.#tree + position * positionLength] !== before) {
      this.remove(seat);
      this.add(seat, weight);
      return;
    }
    fields[record + stepField] = weight;
    fields[record + countField] = weight >>> 1;
    page[this.#tree + position * positionLength + keyOffset] = weight;
    changeWeight(page, this.#tree, position, weight);
  }

  /** Takes a turn, and tells whose it was; there has to be a seat. */
  takeTurn(): number {
    const page = this.#page;
    const position = takeTurn(page, this.#tree, this.#classes);
    const head = this.#members + position * positionLength + headOffset;
    const seat = page[head] as number;
    const key = page[this.#tree + position * positionLength + keyOffset] as number;
    if (this.#isMixed(position) && this.#stays(seat, key)) return seat;
    page[head] = nextOf(this.#records, seat);
    return seat;
  }

  /** Undoes the last turn that was taken and not undone: it was one of this seat. Nothing else has changed since. */
  undoTurn(seat: number): void {
    const page = this.#page;
    const weight = this.#records.get(seat, stepField);
    const position = this.#find(weight);
    undoTurn(page, this.#tree, position);
    page[this.#members + position * positionLength + headOffset] = seat;
    if (!this.#isMixed(position)) return;
    // What is left is less than what a turn adds only where the seat stayed at the head.
    const key = page[this.#tree + position * positionLength + keyOffset] as number;
    const credit = this.#records.get(seat, countField) - weight + key;
    this.#records.set(seat, countField, credit < 0 ? credit + weight : credit);
  }

  /**
   * Writes seats that are not marked, ring after ring.
   *
   * @param offset - The index of `into` to start at.
   * @param length - The index to end before; there are so many seats.
   */
  listUnmarked(into: number[], offset: number, length: number): void {
    let found = offset;
    for (let position = this.#classes; found < length; position++) {
      const head = this.#page[this.#members + position * positionLength + headOffset] as number;
      let seat = head;
      do {
        if (this.#records.get(seat, markField) === 0) into[found++] = seat;
        seat = nextOf(this.#records, seat);
      } while (seat !== head && found < length);
    }
  }

  /** The position of the class of a weight, or -1. */
  #find(weight: number): number {
    if (this.#bins === undefined) return findClass(this.#page, this.#tree, this.#classes, weight);
    return (this.#bins[binOf(weight)] as number) || -1;
  }

  /**
   * The position of the class of a weight, or -1 where another weight has a class, too. All are looked at, always: a
   * loop that ends where something is found ends where nobody could foresee.
   */
  #findAlone(weight: number, other: number): number {
    const page = this.#page;
    const classes = this.#classes;
    const first = this.#tree + classes * positionLength + keyOffset;
    let found = -1;
    for (let index = 0; index < classes; index++) {
      const key = page[first + index * positionLength] as number;
      if (key === other) return -1;
      if (key === weight) found = classes + index;
    }
    return found;
  }

  /** Tells whether a class has seats of different weights: the record of a seat is read for nothing else. */
  #isMixed(position: number): boolean {
    // Only bins are.
    if (this.#bins === undefined) return false;
    const page = this.#page;
    const at = this.#tree + position * positionLength;
    const count = page[this.#members + position * positionLength + countOffset] as number;
    return (page[at] as number) > (page[at + keyOffset] as number) * count;
  }

  /** Adds up by how much a seat is heavier than its class; true where that makes another turn. */
  #stays(seat: number, key: number): boolean {
    const { pages, shift, mask } = this.#records;
    const fields = pages[seat >> shift] as Float64Array;
    const record = (seat & mask) << recordShift;
    const weight = fields[record + stepField] as number;
    const credit = (fields[record + countField] as number) + weight - key;
    fields[record + countField] = credit < weight ? credit : credit - weight;
    return credit >= weight;
  }

  /** Adds a ring of seats to the class of their weight. */
  #enterAny(head: number, count: number, sum: number): void {
    const position = this.#find(this.#records.get(head, stepField));
    if (position < 0) this.#addClass(head, count, sum);
    else this.#enter(position, head, count, sum);
  }

  /** Adds a ring of seats to a class. */
  #enter(position: number, head: number, count: number, sum: number): void {
    const page = this.#page;
    const members = this.#members + position * positionLength;
    joinRings(this.#records, page[members + headOffset] as number, head);
    page[members + countOffset] = (page[members + countOffset] as number) + count;
    const before = page[this.#tree + position * positionLength] as number;
    changeWeight(page, this.#tree, position, before + sum);
  }

  #addClass(head: number, count: number, sum: number): void {
    const weight = this.#records.get(head, stepField);
    if (this.#classes === this.#capacity) this.#lengthen();
    const bins = this.#bins;
    const key = bins === undefined ? weight : binStart(weight);
    const position = addClass(this.#page, this.#tree, this.#members, this.#classes, key, sum);
    const members = this.#members + position * positionLength;
    this.#page[members + headOffset] = head;
    this.#page[members + countOffset] = count;
    this.#classes++;
    if (bins === undefined) return;
    bins[binOf(weight)] = position;
    if (this.#classes > 1) this.#settle(bins, position - 1);
  }

  #removeClass(position: number, weight: number): void {
    removeClass(this.#page, this.#tree, this.#members, this.#classes, position);
    const classes = --this.#classes;
    const bins = this.#bins;
    if (bins === undefined) return;
    bins[binOf(weight)] = 0;
    if (classes > 0) this.#settle(bins, classes);
    if (position < 2 * classes) this.#settle(bins, position);
  }

  /** Notes where the class at a position is, after it has moved. */
  #settle(bins: Int16Array, position: number): void {
    const key = this.#page[this.#tree + position * positionLength + keyOffset] as number;
    bins[binOf(key)] = position;
  }

  #lengthen(): void {
    if (this.#bins !== undefined) {
      const page = new Float64Array(this.#page.length * 2);
      page.set(this.#page);
      this.#page = page;
      this.#widen(this.#capacity * 2);
      return;
    }
    const { pages, shift, mask } = this.#arena;
    const length = this.#arena.lengthFor(splitsLength(this.#classes + 1));
    const before = splitsLength(this.#capacity);
    this.#base = this.#base < 0 ? this.#arena.take(length) : this.#arena.lengthen(this.#base, before, length);
    this.#page = pages[this.#base >> shift] as Float64Array;
    this.#tree = this.#base & mask;
    this.#widen(length / splitsLength(1));
  }

  #widen(capacity: number): void {
    if (this.#capacity > 0) widen(this.#page, this.#tree, this.#capacity, capacity);
    this.#members = this.#tree + membersStart(capacity);
    this.#capacity = capacity;
  }

  /** From now on classes are bins. Nobody is off by more than a few turns, which are forgotten. */
  #toBins(): void {
    const page = this.#page;
    const tree = this.#tree;
    const members = this.#members;
    const classes = this.#classes;
    this.#releaseRun();
    this.#bins = new Int16Array(binCount);
    this.#page = new Float64Array(splitsLength(2 * (maximumUnbinned + 1)));
    this.#widen(2 * (maximumUnbinned + 1));
    this.#enterAll(page, tree, members, classes);
  }

  /** The other way round, for the few seats that are left. */
  #toClasses(): void {
    const seats: number[] = [];
    this.listUnmarked(seats, 0, this.#size);
    this.#release();
    for (const seat of seats) {
      linkAtTail(this.#records, -1, seat);
      this.#enterAny(seat, 1, this.#records.get(seat, stepField));
    }
  }

  #enterAll(page: Float64Array, tree: number, members: number, classes: number): void {
    for (let position = classes; position < 2 * classes; position++) {
      const at = members + position * positionLength;
      const sum = page[tree + position * positionLength] as number;
      this.#enterAny(page[at + headOffset] as number, page[at + countOffset] as number, sum);
    }
  }

  /** Gives the memory back; what is in the run stays readable until the next one is taken. */
  #releaseRun(): void {
    if (this.#base >= 0) this.#arena.release(this.#base, splitsLength(this.#capacity));
    this.#base = -1;
    this.#tree = 0;
    this.#members = 0;
    this.#capacity = 0;
    this.#classes = 0;
  }

  #release(): void {
    this.#releaseRun();
    this.#bins = undefined;
    this.#page = nothing;
  }
}
