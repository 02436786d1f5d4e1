import { LevelHeap } from './level-heap.ts';
import { LevelTable } from './level-table.ts';
import { keyField, levelWord, nextWord, previousWord, turnWord } from './seat-fields.ts';
import type { SeatRecords } from './seat-records.ts';
import type { SelectionStore } from './selection-store.ts';

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
    const { pages, words, shift, mask } = this.#records;
    const leader = this.#table.find(key);
    const own = words[seat >> shift] as Int32Array;
    const at = (seat & mask) << 4;
    (pages[seat >> shift] as Float64Array)[(at >> 1) + keyField] = key;
    this.#size++;
    if (leader < 0) {
      own[at + nextWord] = seat;
      own[at + previousWord] = seat;
      own[at + turnWord] = seat;
      this.#heap.add(seat, key);
      this.#table.add(seat, key);
      return;
    }
    const next = (words[leader >> shift] as Int32Array)[((leader & mask) << 4) + turnWord] as number;
    const others = words[next >> shift] as Int32Array;
    const nextAt = (next & mask) << 4;
    const previous = others[nextAt + previousWord] as number;
    others[nextAt + previousWord] = seat;
    (words[previous >> shift] as Int32Array)[((previous & mask) << 4) + nextWord] = seat;
    own[at + nextWord] = next;
    own[at + previousWord] = previous;
    own[at + levelWord] = -1;
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

  /** Writes all seats in order, and gives the memory back; the queue is empty then. */
  dissolve(into: number[]): number {
    const count = this.#size;
    if (count > 0) this.take(count, 0, into);
    this.#heap.release();
    this.#size = 0;
    return count;
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
