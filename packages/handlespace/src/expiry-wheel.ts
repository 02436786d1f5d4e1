import * as ElementField from './element-field.ts';
import type { ElementRecords } from './element-records.ts';
import type { ElementReference } from './element-reference.ts';
import { highestBit, lowestBit } from './bits.ts';

const tickShift = 10;
const pageTicks: number = 1 << tickShift;
const tickMask: number = pageTicks - 1;
const pageCount = 1024;

/** How many ticks the wheel has: times that lie less than this apart have different ones. */
export const wheelTicks: number = pageTicks * pageCount;
const wheelMask: number = wheelTicks - 1;

/** In a page, behind the lists: a bit for each tick that has elements, and one for each word of these bits. */
const bitsOffset: number = pageTicks;
const summaryOffset: number = bitsOffset + pageTicks / 32;
const pageWords: number = summaryOffset + 1;

/** Stands for every page without elements; never written to. */
const emptyPage: Int32Array = new Int32Array(pageWords);

/** Behind the bits of the pages: a bit for each word of them. */
const pagesSummary: number = pageCount / 32;

/** The words of an element's record behind the one that tells where its time is. */
const nextField: number = ElementField.expiry + 1;
const previousField: number = ElementField.expiry + 2;

/**
 * A wheel of ticks, each with a list of the elements that expire then, in the order in which they came. A bit for
 * each tick that has elements, in four levels, finds the first such tick behind another one in four steps, so that
 * everything is O(1): no element is ever moved from one tick to another because time goes by.
 *
 * Which time a tick stands for is up to the caller. A page of 1,024 ticks has memory while one of them has elements.
 */
export class ExpiryWheel {
  readonly #records: ElementRecords;
  /** Each page holds the first elements of its ticks plus one, 0 for none, then the bits. */
  readonly #pages: Int32Array[] = [];
  readonly #sparePages: Int32Array[] = [];
  readonly #pageBits: Int32Array = new Int32Array(pagesSummary + 1);

  /**
   * @param records - The records of the elements.
   */
  constructor(records: ElementRecords) {
    this.#records = records;
    for (let index = 0; index < pageCount; index += 1) this.#pages.push(emptyPage);
  }

  /**
   * Puts an element at the end of a tick's list.
   *
   * @param element - An element that is in no list.
   * @param tick - 0 .. {@link wheelTicks} - 1.
   * @returns Whether it is the only one there.
   */
  append(element: ElementReference, tick: number): boolean {
    const records = this.#records;
    const record = records.page(element);
    const offset = records.base(element);
    record[offset + ElementField.expiry] = ~tick;
    record[offset + nextField] = 0;
    let page = this.#pages[tick >> tickShift] as Int32Array;
    const first = (page[tick & tickMask] as number) - 1;
    if (first === -1) {
      if (page === emptyPage) page = this.#addPage(tick >> tickShift);
      record[offset + previousField] = element;
      page[tick & tickMask] = element + 1;
      const word = (tick & tickMask) >> 5;
      page[bitsOffset + word] = (page[bitsOffset + word] as number) | (1 << tick);
      page[summaryOffset] = (page[summaryOffset] as number) | (1 << word);
      return true;
    }
    // The previous one of the first is the last.
    const firstRecord = records.page(first);
    const firstOffset = records.base(first);
    const last = firstRecord[firstOffset + previousField] as number;
    record[offset + previousField] = last;
    firstRecord[firstOffset + previousField] = element;
    records.set(last, nextField, element + 1);
    return false;
  }

  /**
   * Takes an element out of its list.
   *
   * @param element - An element that is in a list.
   * @returns Whether the list is empty now.
   */
  remove(element: ElementReference): boolean {
    const records = this.#records;
    const record = records.page(element);
    const offset = records.base(element);
    const tick = ~(record[offset + ElementField.expiry] as number);
    const next = record[offset + nextField] as number;
    const previous = record[offset + previousField] as number;
    record[offset + ElementField.expiry] = 0;
    const page = this.#pages[tick >> tickShift] as Int32Array;
    const first = (page[tick & tickMask] as number) - 1;
    if (element !== first) {
      records.set(previous, nextField, next);
      records.set(next === 0 ? first : next - 1, previousField, previous);
      return false;
    }
    return this.#setFirst(tick, page, next, previous);
  }

  /**
   * Takes the first element out of the list of a tick.
   *
   * @param tick - A tick that has elements.
   * @returns Whether the list is empty now.
   */
  removeFirst(tick: number): boolean {
    const page = this.#pages[tick >> tickShift] as Int32Array;
    const first = (page[tick & tickMask] as number) - 1;
    const record = this.#records.page(first);
    const base = this.#records.base(first);
    record[base + ElementField.expiry] = 0;
    const next = record[base + nextField] as number;
    return this.#setFirst(tick, page, next, record[base + previousField] as number);
  }

  /** Makes an element, plus one, the first of a tick, with the last one as the previous one; says whether there is none. */
  #setFirst(tick: number, page: Int32Array, next: number, last: number): boolean {
    page[tick & tickMask] = next;
    if (next !== 0) {
      this.#records.set(next - 1, previousField, last);
      return false;
    }
    const word = (tick & tickMask) >> 5;
    const bits = (page[bitsOffset + word] as number) & ~(1 << tick);
    page[bitsOffset + word] = bits;
    if (bits === 0) {
      page[summaryOffset] = (page[summaryOffset] as number) & ~(1 << word);
      if (page[summaryOffset] === 0) this.#removePage(tick >> tickShift);
    }
    return true;
  }

  /**
   * The first element of a tick.
   *
   * @param tick - A tick that has elements.
   */
  first(tick: number): ElementReference {
    return ((this.#pages[tick >> tickShift] as Int32Array)[tick & tickMask] as number) - 1;
  }

  /**
   * The first tick with elements from a given one on, going on with tick 0 behind the last.
   *
   * @param from - The tick to begin with.
   * @returns The tick, or -1 where there is no element.
   */
  following(from: number): number {
    const page = this.#pages[from >> tickShift] as Int32Array;
    const bits = (page[bitsOffset + ((from & tickMask) >> 5)] as number) & (-1 << from);
    // Mostly it is near.
    return bits === 0 ? this.#followingFar(from) : (from & -32) | lowestBit(bits);
  }

  #followingFar(from: number): number {
    const tick = this.#next(from);
    return tick === -1 && from !== 0 ? this.#next(0) : tick;
  }

  /**
   * The first tick with elements when going back from a given one, going on with the last behind tick 0.
   *
   * @param from - The tick to begin with.
   * @returns The tick, or -1 where there is no element.
   */
  preceding(from: number): number {
    const tick = this.#previous(from);
    return tick === -1 && from !== wheelMask ? this.#previous(wheelMask) : tick;
  }

  #next(from: number): number {
    const number = from >> tickShift;
    const tick = nextIn(this.#pages[number] as Int32Array, bitsOffset, summaryOffset, from & tickMask);
    if (tick !== -1) return (number << tickShift) | tick;
    if (number === pageCount - 1) return -1;
    const other = nextIn(this.#pageBits, 0, pagesSummary, number + 1);
    if (other === -1) return -1;
    const page = this.#pages[other] as Int32Array;
    return (other << tickShift) | nextIn(page, bitsOffset, summaryOffset, 0);
  }

  #previous(from: number): number {
    const number = from >> tickShift;
    const page = this.#pages[number] as Int32Array;
    const tick = previousIn(page, bitsOffset, summaryOffset, from & tickMask);
    if (tick !== -1) return (number << tickShift) | tick;
    const other = number === 0 ? -1 : previousIn(this.#pageBits, 0, pagesSummary, number - 1);
    if (other === -1) return -1;
    const before = this.#pages[other] as Int32Array;
    return (other << tickShift) | previousIn(before, bitsOffset, summaryOffset, tickMask);
  }

  #addPage(number: number): Int32Array {
    const page = this.#sparePages.pop() ?? new Int32Array(pageWords);
    this.#pages[number] = page;
    const bits = this.#pageBits;
    bits[number >> 5] = (bits[number >> 5] as number) | (1 << number);
    bits[pagesSummary] = (bits[pagesSummary] as number) | (1 << (number >> 5));
    return page;
  }

  /** What has no elements holds nothing but zeros, so that it can be used again as it is. */
  #removePage(number: number): void {
    this.#sparePages.push(this.#pages[number] as Int32Array);
    this.#pages[number] = emptyPage;
    const bits = this.#pageBits;
    bits[number >> 5] = (bits[number >> 5] as number) & ~(1 << number);
    if (bits[number >> 5] === 0) {
      bits[pagesSummary] = (bits[pagesSummary] as number) & ~(1 << (number >> 5));
    }
  }
}

/** The first of 1,024 bits that is set, from a given one on, or -1; a summary has a bit for each word that is not 0. */
function nextIn(words: Int32Array, offset: number, summary: number, from: number): number {
  const word = from >> 5;
  const bits = (words[offset + word] as number) & (-1 << from);
  if (bits !== 0) return (word << 5) | lowestBit(bits);
  const others = (words[summary] as number) & (-2 << word);
  if (others === 0) return -1;
  const other = lowestBit(others);
  return (other << 5) | lowestBit(words[offset + other] as number);
}

/** The last of 1,024 bits that is set, up to a given one, or -1. */
function previousIn(words: Int32Array, offset: number, summary: number, from: number): number {
  const word = from >> 5;
  const bits = (words[offset + word] as number) & ~(-2 << from);
  if (bits !== 0) return (word << 5) | highestBit(bits);
  const others = (words[summary] as number) & ~(-1 << word);
  if (others === 0) return -1;
  const other = highestBit(others);
  return (other << 5) | highestBit(words[offset + other] as number);
}
