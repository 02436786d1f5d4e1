import { randomBelow, randomFraction } from '../random-integer.ts';
import type { RandomSource } from '../random-source.ts';
import type { NumberArena } from './number-arena.ts';
import { classField, positionField } from './seat-fields.ts';
import type { SeatRecords } from './seat-records.ts';
import type { SelectionStore } from './selection-store.ts';

/** Numbers of a member: seat and weight. */
const pairLength: number = 2;

/** The class of weight 0, behind one for each power of two. */
const weightlessClass: number = 32;

/** Up to this sum a draw is exact. */
const exactTotal: number = 2 ** 53;

/** With a sound source each try succeeds with a probability of a half at least; with a stuck one it has to end. */
const maximumTries: number = 100;

/** Up to so many members are drawn by comparing with what was drawn before. */
const maximumCompared: number = 8;

/** So often what is drawn may have been drawn before: then a few members have most of the weight. */
const maximumRepetitions: number = 16;

/**
 * Many seats with weights, to draw from: those whose weight has the same binary logarithm `g` are a class, dense in a
 * run. A draw takes a number below the sum of `2^(g + 1)` over all members. That finds a class and, since all members
 * count the same there, a member and a number below `2^(g + 1)`; where the number is not below the member's weight the
 * draw is repeated. So each member has the probability of its weight, in integers, and more than half of the draws hit.
 *
 * Changing a weight and drawing take constant time. The sum is exact up to 2^53, which takes two million of the
 * largest weights; above it each probability is rounded by less than 2^-50 of the whole.
 */
export class WeightClasses {
  readonly #arena: NumberArena;
  readonly #records: SeatRecords;
  readonly #drawn: number[];
  /** The run of each class, its length, and how many members it has. */
  readonly #bases: Int32Array = new Int32Array(33);
  readonly #lengths: Int32Array = new Int32Array(33);
  readonly #counts: Int32Array = new Int32Array(33);
  /** A bit for each class with members, but that of weight 0. */
  #present: number = 0;
  /** The sum of what members count. */
  #total: number = 0;
  #size: number = 0;

  constructor(store: SelectionStore) {
    this.#arena = store.arena;
    this.#records = store.records;
    this.#drawn = store.drawn;
  }

  /** How many seats there are. */
  get size(): number {
    return this.#size;
  }

  /** Adds a seat that is not among them. */
  add(seat: number, weight: number): void {
    this.#records.reserve(seat);
    this.#size++;
    this.#enter(seat, weight);
  }

  /** Changes the weight of a seat. */
  setWeight(seat: number, weight: number): void {
    const group = this.#records.get(seat, classField);
    if (classOf(weight) === group) {
      const address = this.#addressOf(group, this.#records.get(seat, positionField));
      this.#page(address)[(address & this.#arena.mask) + 1] = weight;
      return;
    }
    this.#leave(seat);
    this.#enter(seat, weight);
  }

  /** Takes a seat out. */
  remove(seat: number): void {
    this.#size--;
    this.#leave(seat);
  }

  /** Calls back for every seat and its weight. */
  forEach(visit: (seat: number, weight: number) => void): void {
    for (let group = 0; group <= weightlessClass; group++) {
      for (let position = 0; position < (this.#counts[group] as number); position++) {
        const address = this.#addressOf(group, position);
        const page = this.#page(address);
        const place = address & this.#arena.mask;
        visit(page[place] as number, page[place + 1] as number);
      }
    }
  }

  /** Gives all memory back; the seats are forgotten. */
  release(): void {
    for (let group = 0; group <= weightlessClass; group++) {
      const length = this.#lengths[group] as number;
      if (length > 0) this.#arena.release(this.#bases[group] as number, length);
    }
    this.#lengths.fill(0);
    this.#counts.fill(0);
    this.#present = 0;
    this.#total = 0;
    this.#size = 0;
  }

  /**
   * Draws distinct seats one after the other, each with its weight over the sum of the weights that are left; where all
   * weights are 0, uniformly.
   *
   * @param count - How many at most.
   * @returns How many were drawn: seats of weight 0 are not, unless all weights are 0.
   */
  draw(count: number, into: number[], random: RandomSource): number {
    if (this.#present === 0) return this.#drawWeightless(Math.min(count, this.#size), into, random);
    const length = Math.min(count, this.#size - (this.#counts[weightlessClass] as number));
    let found = 0;
    if (length <= maximumCompared) {
      for (let repetitions = 0; found < length && repetitions < maximumRepetitions; ) {
        const seat = this.#drawOne(random);
        let index = 0;
        while (index < found && into[index] !== seat) index++;
        if (index < found) repetitions++;
        else into[found++] = seat;
      }
    }
    return found === length ? found : this.#drawRest(found, length, into, random);
  }

  /** What is drawn is taken out until the end of the draw, so that it cannot be drawn again. */
  #drawRest(offset: number, length: number, into: number[], random: RandomSource): number {
    const drawn = this.#drawn;
    for (let found = 0; found < length; found++) {
      if (found >= offset) into[found] = this.#drawOne(random);
      drawn[found] = this.#leave(into[found] as number);
    }
    for (let found = 0; found < length; found++) this.#enter(into[found] as number, drawn[found] as number);
    return length;
  }

  #drawWeightless(length: number, into: number[], random: RandomSource): number {
    for (let found = 0; found < length; found++) {
      const position = found + randomBelow(this.#size - found, random);
      const seat = this.#seatAt(weightlessClass, position);
      this.#put(weightlessClass, position, this.#seatAt(weightlessClass, found), 0);
      this.#put(weightlessClass, found, seat, 0);
      into[found] = seat;
    }
    return length;
  }

  #drawOne(random: RandomSource): number {
    const { pages, shift, mask } = this.#arena;
    const counts = this.#counts;
    const total = this.#total;
    for (let tries = 1; ; tries++) {
      let rest =
        total <= exactTotal ? randomBelow(total, random) : Math.floor(randomFraction(random) * total);
      let present = this.#present;
      let group = 31 - Math.clz32(present);
      let part = (counts[group] as number) * unitOf(group);
      while (rest >= part) {
        rest -= part;
        present ^= 1 << group;
        // Only the rounding of a huge sum leaves no class.
        if (present === 0) break;
        group = 31 - Math.clz32(present);
        part = (counts[group] as number) * unitOf(group);
      }
      if (present === 0) rest = 0;
      const unit = unitOf(group);
      const position = Math.floor(rest / unit);
      const address = (this.#bases[group] as number) + position * pairLength;
      const page = pages[address >> shift] as Float64Array;
      const place = address & mask;
      if (rest - position * unit < (page[place + 1] as number) || tries > maximumTries) {
        return page[place] as number;
      }
    }
  }

  #enter(seat: number, weight: number): void {
    const group = classOf(weight);
    const position = this.#counts[group] as number;
    this.#counts[group] = position + 1;
    const needed = (position + 1) * pairLength;
    if (needed > (this.#lengths[group] as number)) this.#lengthen(group, needed);
    this.#records.set(seat, classField, group);
    this.#put(group, position, seat, weight);
    if (group === weightlessClass) return;
    this.#present |= 1 << group;
    this.#count(unitOf(group));
  }

  /** Takes a seat out of its class, the last one gets its position; returns its weight. */
  #leave(seat: number): number {
    const group = this.#records.get(seat, classField);
    const position = this.#records.get(seat, positionField);
    const address = this.#addressOf(group, position);
    const weight = this.#page(address)[(address & this.#arena.mask) + 1] as number;
    const last = (this.#counts[group] as number) - 1;
    this.#counts[group] = last;
    if (position !== last) {
      const from = this.#addressOf(group, last);
      const page = this.#page(from);
      const place = from & this.#arena.mask;
      this.#put(group, position, page[place] as number, page[place + 1] as number);
    }
    if (group === weightlessClass) return weight;
    if (last === 0) this.#present &= ~(1 << group);
    this.#count(-unitOf(group));
    return weight;
  }

  /** A sum that is too large to be exact is formed anew, so that no rounding adds up. */
  #count(difference: number): void {
    const total = this.#total + difference;
    if (Math.max(total, this.#total) <= exactTotal) {
      this.#total = total;
      return;
    }
    this.#total = 0;
    for (let group = 0; group < weightlessClass; group++) {
      this.#total += (this.#counts[group] as number) * unitOf(group);
    }
  }

  #put(group: number, position: number, seat: number, weight: number): void {
    const address = this.#addressOf(group, position);
    const page = this.#page(address);
    const place = address & this.#arena.mask;
    page[place] = seat;
    page[place + 1] = weight;
    this.#records.set(seat, positionField, position);
  }

  #seatAt(group: number, position: number): number {
    const address = this.#addressOf(group, position);
    return this.#page(address)[address & this.#arena.mask] as number;
  }

  #addressOf(group: number, position: number): number {
    return (this.#bases[group] as number) + position * pairLength;
  }

  #page(address: number): Float64Array {
    return this.#arena.pages[address >> this.#arena.shift] as Float64Array;
  }

  #lengthen(group: number, needed: number): void {
    const before = this.#lengths[group] as number;
    const length = this.#arena.lengthFor(needed);
    this.#bases[group] =
      before === 0
        ? this.#arena.take(length)
        : this.#arena.lengthen(this.#bases[group] as number, before, length);
    this.#lengths[group] = length;
  }
}

function classOf(weight: number): number {
  return weight === 0 ? weightlessClass : 31 - Math.clz32(weight);
}

/** `2^(group + 1)`, without the slow power of floating point numbers. */
function unitOf(group: number): number {
  return ((1 << group) >>> 0) * 2;
}
