import { countReturn } from './degradation-counters.ts';
import { LevelHeap } from './level-heap.ts';
import { LevelTable } from './level-table.ts';
import {
  aheadWord,
  fetchedWord,
  firstAtField,
  keyField,
  levelWord,
  nextWord,
  previousWord,
  turnWord,
} from './seat-fields.ts';
import type { SeatRecords } from './seat-records.ts';
import type { SelectionStore } from './selection-store.ts';

/** The records of so many seats, two megabytes, are in a cache anyhow: fetching them ahead would only cost. */
const maximumCached: number = 2 ** 15;

/** So many turns ahead what is taken out then is fetched; a power of two. */
const turnsAhead: number = 8;

/**
 * Seats in turn, smallest key first, for pools of any size: the seats of the same key are a level, which is a ring;
 * the levels are found by key, and in order in a heap. So a turn among a million equals takes constant time, and so
 * does a change from one level to another; only a level that begins or ends costs O(log n).
 *
 * One of its seats leads a level: its record says whose turn it is, and where the level is in the heap. The others
 * need no reference to it, so that another one can take over when it leaves.
 */
export class LevelQueue {
  readonly #records: SeatRecords;
  readonly #heap: LevelHeap;
  readonly #table: LevelTable;
  #size: number = 0;
  /** The seats that were taken out last, and where the oldest of them is. */
  readonly #taken: Int32Array = new Int32Array(turnsAhead);
  #oldest: number = 0;

  /**
   * @param store - Where the seats' records are.
   * @param seed - A secret random number, for the hash of the keys.
   */
  constructor(store: SelectionStore, seed: number) {
    this.#records = store.records;
    this.#heap = new LevelHeap(store);
    this.#table = new LevelTable(store.records, seed);
  }

  /** How many seats are in the queue. */
  get size(): number {
    return this.#size;
  }

  /** The key of a seat that is in the queue. */
  keyOf(seat: number): number {
    return this.#records.get(seat, keyField);
  }

  /** Adds a seat that is not in the queue and has a record: its turn comes when all others of its key had theirs. */
  add(seat: number, key: number): void {
    const leader = this.#table.find(key);
    this.#records.set(seat, keyField, key);
    this.#size++;
    if (leader < 0) {
      this.#begin(seat, key);
      return;
    }
    this.#unlead(seat);
    this.#append(leader, seat, seat);
  }

  /** Takes out a seat that is in the queue. */
  remove(seat: number): void {
    const { words, shift, mask } = this.#records;
    const own = words[seat >> shift] as Int32Array;
    const at = (seat & mask) << 4;
    const next = own[at + nextWord] as number;
    const position = own[at + levelWord] as number;
    this.#size--;
    if (next === seat) {
      this.#table.remove(seat, this.keyOf(seat));
      this.#heap.removeAt(position);
      return;
    }
    const previous = own[at + previousWord] as number;
    (words[previous >> shift] as Int32Array)[((previous & mask) << 4) + nextWord] = next;
    (words[next >> shift] as Int32Array)[((next & mask) << 4) + previousWord] = previous;
    if (position >= 0) {
      this.#handOver(seat, own[at + turnWord] === seat ? next : (own[at + turnWord] as number), position);
      return;
    }
    const leader = this.#table.find(this.keyOf(seat));
    const level = words[leader >> shift] as Int32Array;
    const levelAt = ((leader & mask) << 4) + turnWord;
    if (level[levelAt] === seat) level[levelAt] = next;
  }

  /**
   * Writes the first seats in order, and lets their turns pass: in each level that is reached, of as many seats as
   * were written but not of more than allowed.
   *
   * @param count - How many, at least 1; not more than there are.
   * @param maximum - How many turns pass in a level, at most; 0 to leave everything as it is.
   * @returns How many of the seats are from the first level.
   */
  take(count: number, maximum: number, into: number[]): number {
    const first = this.#takeOf(this.#heap.top, 0, count, maximum, into);
    if (first < count) this.#takeMore(first, count, maximum, into);
    return first;
  }

  /**
   * Writes the first seats in order, and takes them out.
   *
   * @param count - How many, at least 1; not more than there are.
   * @returns How many of the seats are from the first level.
   */
  takeOut(count: number, into: number[]): number {
    this.#size -= count;
    const first = this.#takeOutOf(this.#heap.top, 0, count, into);
    for (let index = first; index < count; ) index = this.#takeOutOf(this.#heap.top, index, count, into);
    if (this.#size > maximumCached) this.#fetchAhead(count, into);
    return first;
  }

  /**
   * Notes who is taken out some turns after whom, and has those fetched who were it the last time: seats keep their
   * order as they go from level to level. Each would have to wait for the memory of the one before it else, that of
   * several is there as soon as that of one. Nothing but speed depends on it.
   */
  #fetchAhead(count: number, seats: readonly number[]): void {
    const { words, shift, mask } = this.#records;
    const taken = this.#taken;
    let oldest = this.#oldest;
    for (let index = 0; index < count; index++) {
      const seat = seats[index] as number;
      const ahead = (words[seat >> shift] as Int32Array)[((seat & mask) << 4) + aheadWord] as number;
      (words[ahead >> shift] as Int32Array)[((ahead & mask) << 4) + fetchedWord] = 1;
      const before = taken[oldest] as number;
      (words[before >> shift] as Int32Array)[((before & mask) << 4) + aheadWord] = seat;
      taken[oldest] = seat;
      oldest = (oldest + 1) & (turnsAhead - 1);
    }
    this.#oldest = oldest;
  }

  /** As `TurnQueue.putBackCounted`, for seats that are not in the queue. */
  addCounted(seats: readonly number[], count: number, equals: number, now: number): number {
    const { pages, shift, mask } = this.#records;
    let first = 0;
    let firstAt = Infinity;
    let key = Number.NaN;
    let leader = -1;
    let start = -1;
    let end = -1;
    this.#size += count;
    for (let index = 0; index < count; index++) {
      const seat = seats[index] as number;
      const page = pages[seat >> shift] as Float64Array;
      const record = (seat & mask) << 3;
      if (index < equals && (page[record + firstAtField] as number) < firstAt) {
        first = index;
        firstAt = page[record + firstAtField] as number;
      }
      const value = countReturn(page, record);
      page[record + keyField] = value;
      // Most come from the same level and go to the same next one: they are still linked.
      if (value === key && end >= 0 && this.#nextOf(end) === seat) {
        end = seat;
        continue;
      }
      if (end >= 0) this.#append(leader, start, end);
      if (value !== key) leader = this.#table.find(value);
      key = value;
      start = seat;
      end = seat;
      if (leader >= 0) continue;
      leader = this.#begin(seat, value);
      end = -1;
    }
    if (end >= 0) this.#append(leader, start, end);
    this.#records.set(seats[first] as number, firstAtField, now);
    return first;
  }

  /** Writes all seats in order, and gives the memory back; the queue is empty then. */
  dissolve(into: number[]): number {
    const count = this.#size;
    if (count > 0) this.take(count, 0, into);
    this.#heap.release();
    this.#size = 0;
    return count;
  }

  /** Begins the level of a key that was just searched for and not found, with a seat that leads it. */
  #begin(seat: number, key: number): number {
    const { words, shift, mask } = this.#records;
    const own = words[seat >> shift] as Int32Array;
    const at = (seat & mask) << 4;
    own[at + nextWord] = seat;
    own[at + previousWord] = seat;
    own[at + turnWord] = seat;
    this.#heap.add(seat, key);
    this.#table.addMissed(seat);
    return seat;
  }

  /** Puts seats that are linked at the end of a level, just before the one whose turn it is. */
  #append(leader: number, start: number, end: number): void {
    const { words, shift, mask } = this.#records;
    const next = (words[leader >> shift] as Int32Array)[((leader & mask) << 4) + turnWord] as number;
    const others = words[next >> shift] as Int32Array;
    const nextAt = (next & mask) << 4;
    const previous = others[nextAt + previousWord] as number;
    others[nextAt + previousWord] = end;
    (words[previous >> shift] as Int32Array)[((previous & mask) << 4) + nextWord] = start;
    (words[start >> shift] as Int32Array)[((start & mask) << 4) + previousWord] = previous;
    (words[end >> shift] as Int32Array)[((end & mask) << 4) + nextWord] = next;
  }

  #nextOf(seat: number): number {
    const { words, shift, mask } = this.#records;
    return (words[seat >> shift] as Int32Array)[((seat & mask) << 4) + nextWord] as number;
  }

  /** A seat leads no level, or none any more. */
  #unlead(seat: number): void {
    const { words, shift, mask } = this.#records;
    (words[seat >> shift] as Int32Array)[((seat & mask) << 4) + levelWord] = -1;
  }

  /** Takes seats out of the first level; returns the index behind what it has written. */
  #takeOutOf(leader: number, from: number, count: number, into: number[]): number {
    const { words, shift, mask } = this.#records;
    const head = (words[leader >> shift] as Int32Array)[((leader & mask) << 4) + turnWord] as number;
    const tail = (words[head >> shift] as Int32Array)[((head & mask) << 4) + previousWord] as number;
    let isLed = true;
    let index = from;
    let seat = head;
    do {
      into[index++] = seat;
      if (seat === leader) isLed = false;
      seat = (words[seat >> shift] as Int32Array)[((seat & mask) << 4) + nextWord] as number;
    } while (index < count && seat !== head);
    if (seat === head) {
      this.#table.remove(leader, this.keyOf(leader));
      this.#heap.removeAt(0);
      this.#unlead(leader);
      return index;
    }
    (words[seat >> shift] as Int32Array)[((seat & mask) << 4) + previousWord] = tail;
    (words[tail >> shift] as Int32Array)[((tail & mask) << 4) + nextWord] = seat;
    if (isLed) (words[leader >> shift] as Int32Array)[((leader & mask) << 4) + turnWord] = seat;
    else {
      this.#handOver(leader, seat, 0);
      this.#unlead(leader);
    }
    return index;
  }

  #takeMore(first: number, count: number, maximum: number, into: number[]): void {
    this.#heap.startWalk(1 + count - first);
    for (let index = first; index < count; ) {
      index = this.#takeOf(this.#heap.walk(count - index - 1), index, count, maximum, into);
    }
  }

  /** Takes from one level; returns the index behind what it has written. */
  #takeOf(leader: number, from: number, count: number, maximum: number, into: number[]): number {
    const { words, shift, mask } = this.#records;
    const level = words[leader >> shift] as Int32Array;
    const levelAt = ((leader & mask) << 4) + turnWord;
    const head = level[levelAt] as number;
    const lastTurn = maximum < count - from ? from + maximum : count;
    let index = from;
    let seat = head;
    do {
      into[index++] = seat;
      seat = (words[seat >> shift] as Int32Array)[((seat & mask) << 4) + nextWord] as number;
      if (index === lastTurn) level[levelAt] = seat;
    } while (index < count && seat !== head);
    return index;
  }

  /** The tail leads from now on: where seats leave in turn, it is the last one to leave. */
  #handOver(seat: number, turn: number, position: number): void {
    const { words, shift, mask } = this.#records;
    const tail = (words[turn >> shift] as Int32Array)[((turn & mask) << 4) + previousWord] as number;
    (words[tail >> shift] as Int32Array)[((tail & mask) << 4) + turnWord] = turn;
    this.#heap.replaceAt(position, tail);
    this.#table.replace(seat, this.keyOf(seat), tail);
  }
}
