import { PolicyError } from '../policy-error.ts';
import { capacityFor, grownInt32 } from './growth.ts';

/** The largest slot: seats and slots are kept in signed 32-bit arrays. */
const maximumSlot: number = 0x7fffffff;

/** Up to this capacity a look along the seats is as quick as hashing and saves the hash table. */
const unhashedCapacity: number = 8;

/**
 * Gives each slot of a pool a seat: seats are numbered 0, 1, 2 ... without large holes, so that the other
 * structures of the pool can be arrays over seats, as large as the pool and not as the space of slots. A seat
 * stays the same until its slot leaves, and is then given to the next one.
 */
export class SeatTable {
  /** The slot in each seat; in a free seat `-2 - next`, where `next` is the next free seat or -1. */
  #slots: Int32Array = new Int32Array(0);
  /** Open addressing with linear probing: a seat, or -1. Empty while the pool is small. */
  #buckets: Int32Array = new Int32Array(0);
  #shift: number = 32;
  #firstFree: number = -1;
  #used: number = 0;
  #size: number = 0;

  /** How many slots have a seat. */
  get size(): number {
    return this.#size;
  }

  /** The seat of a slot, or -1. */
  seatOf(slot: number): number {
    const slots = this.#slots;
    if (slot !== (slot & maximumSlot)) return -1;
    if (this.#buckets.length === 0) {
      for (let seat = 0; seat < this.#used; seat++) if (slots[seat] === slot) return seat;
      return -1;
    }
    const mask = this.#buckets.length - 1;
    for (let bucket = this.#home(slot); ; bucket = (bucket + 1) & mask) {
      const seat = this.#buckets[bucket] as number;
      if (seat < 0 || slots[seat] === slot) return seat;
    }
  }

  /** The slot in a seat that is taken. */
  slotAt(seat: number): number {
    return this.#slots[seat] as number;
  }

  /**
   * Replaces seats by the slots in them.
   *
   * @param seats - Starts with `count` seats.
   * @returns `count`.
   */
  toSlots(seats: number[], count: number): number {
    for (let index = 0; index < count; index++) seats[index] = this.slotAt(seats[index] as number);
    return count;
  }

  /**
   * The seat of a slot that has to have one.
   *
   * @throws {@link PolicyError} `ERR_RSERPOOL_UNKNOWN_SLOT`.
   */
  require(slot: number): number {
    const seat = this.seatOf(slot);
    if (seat >= 0) return seat;
    throw new PolicyError(
      'ERR_RSERPOOL_UNKNOWN_SLOT',
      `slot ${String(slot)} is not in the pool: add it first`,
    );
  }

  /**
   * Takes a seat for a new slot.
   *
   * @param slot - 0 .. 2^31 - 1.
   * @throws {@link PolicyError} `ERR_RSERPOOL_INVALID_ARGUMENT`, `ERR_RSERPOOL_DUPLICATE_SLOT`.
   */
  claim(slot: number): number {
    if (slot !== (slot & maximumSlot)) {
      throw new PolicyError(
        'ERR_RSERPOOL_INVALID_ARGUMENT',
        `a slot is an integer from 0 to 2^31 - 1, not ${String(slot)}`,
        { path: 'slot' },
      );
    }
    if (this.seatOf(slot) >= 0) {
      throw new PolicyError(
        'ERR_RSERPOOL_DUPLICATE_SLOT',
        `slot ${String(slot)} is in the pool already: update it, or remove it first`,
      );
    }
    let seat = this.#firstFree;
    if (seat >= 0) {
      this.#firstFree = -2 - (this.#slots[seat] as number);
    } else {
      seat = this.#used;
      if (seat === this.#slots.length) this.#grow(capacityFor(seat));
      this.#used++;
    }
    this.#slots[seat] = slot;
    this.#size++;
    if (this.#buckets.length > 0) this.#insert(seat);
    return seat;
  }

  /**
   * Gives the seat of a slot back.
   *
   * @returns The seat that is free now.
   * @throws {@link PolicyError} `ERR_RSERPOOL_UNKNOWN_SLOT`.
   */
  release(slot: number): number {
    const seat = this.require(slot);
    if (this.#buckets.length > 0) this.#delete(slot);
    this.#slots[seat] = -2 - this.#firstFree;
    this.#firstFree = seat;
    this.#size--;
    return seat;
  }

  #home(slot: number): number {
    return Math.imul(slot, 0x9e3779b1) >>> this.#shift;
  }

  #grow(capacity: number): void {
    this.#slots = grownInt32(this.#slots, capacity);
    if (capacity <= unhashedCapacity) return;
    this.#buckets = new Int32Array(2 * capacity).fill(-1);
    this.#shift = Math.clz32(2 * capacity) + 1;
    // The table only grows when every seat is taken, so that none of them has to be left out.
    for (let seat = 0; seat < this.#used; seat++) this.#insert(seat);
  }

  #insert(seat: number): void {
    const mask = this.#buckets.length - 1;
    let bucket = this.#home(this.#slots[seat] as number);
    while ((this.#buckets[bucket] as number) >= 0) bucket = (bucket + 1) & mask;
    this.#buckets[bucket] = seat;
  }

  /** Closes the gap that the slot leaves, so that no tombstones pile up in a pool whose elements come and go. */
  #delete(slot: number): void {
    const buckets = this.#buckets;
    const mask = buckets.length - 1;
    let gap = this.#home(slot);
    while (this.#slots[buckets[gap] as number] !== slot) gap = (gap + 1) & mask;
    for (let bucket = (gap + 1) & mask; (buckets[bucket] as number) >= 0; bucket = (bucket + 1) & mask) {
      const home = this.#home(this.#slots[buckets[bucket] as number] as number);
      if (((bucket - home) & mask) < ((bucket - gap) & mask)) continue;
      buckets[gap] = buckets[bucket] as number;
      gap = bucket;
    }
    buckets[gap] = -1;
  }
}
