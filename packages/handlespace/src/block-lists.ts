import * as BlockField from './block-field.ts';
import { BlockArena, blockEntries } from './block-arena.ts';
import { copyEntries } from './block-copy.ts';
import * as ElementField from './element-field.ts';
import type { ElementRecords } from './element-records.ts';
import type { ElementReference } from './element-reference.ts';

/** Bits of a place for the entry in its block; the others are the block's number. */
const entryShift = 6;
const entryMask: number = (1 << entryShift) - 1;

/** Two neighbours are merged where they have so many elements at most: most merges are paid for by many removals. */
const mergedEntries = 32;

/** A block that has no more elements than this looks at its neighbours, whenever it has lost eight. */
const thinEntries = 16;
const thinStep: number = 8 - 1;

/** The blocks of one list. */
export interface BlockList {
  /** The blocks in their order. */
  readonly blocks: number[];
  /** The last one, or -1. */
  last: number;
  /** How many elements are in the list. */
  size: number;
}

/** Makes an empty list. */
export function emptyBlockList(): BlockList {
  return { blocks: [], last: -1, size: 0 };
}

/**
 * A family of disjoint lists of elements in the order in which they joined, for lists that are long and walked often:
 * the elements of a list lie in blocks one behind the other, and walking reads memory in sequence, the blocks alone.
 *
 * An element's record holds its place: block and entry. Who leaves leaves a hole; a block without elements is given
 * up, and neighbours with few are merged, so that any two hold a fifth of what they have room for. That costs half a
 * step for each join and removal, and 60 at most at once. Each join has an order number of its own, which grows along the list, and
 * holes keep theirs: whoever knows the number of the entry at which a walk had stopped finds the one behind it,
 * whatever has changed meanwhile.
 */
export class BlockLists {
  /** The blocks. */
  readonly arena: BlockArena = new BlockArena();
  readonly #records: ElementRecords;
  /** The words of the order number that was given last; small integers are quicker than one large number. */
  #low = 0;
  #high = 0;

  /**
   * @param records - The records of the elements.
   * @param lastOrder - The order number that the first join follows, below 2^52.
   */
  constructor(records: ElementRecords, lastOrder: number = 0) {
    this.#records = records;
    this.#low = lastOrder | 0;
    this.#high = Math.floor(lastOrder / 0x100000000);
  }

  /**
   * Puts an element at the end of a list.
   *
   * @param list - The list.
   * @param element - An element that is in no list of the family.
   * @param length - How many bytes it takes in a message.
   * @param handleLength - How many its pool handle takes, or more.
   */
  append(list: BlockList, element: ElementReference, length: number, handleLength: number): void {
    this.#low = (this.#low + 1) | 0;
    if (this.#low === 0) this.#high += 1;
    const block = this.#blockFor(list);
    const page = this.arena.page(block);
    const offset = this.arena.offset(block);
    const end = page[offset + BlockField.end] as number;
    page[offset + BlockField.elements + end] = element;
    page[offset + BlockField.orders + end] = this.#low;
    page[offset + BlockField.end] = end + 1;
    page[offset + BlockField.live] = (page[offset + BlockField.live] as number) + 1;
    if (length > (page[offset + BlockField.length] as number)) page[offset + BlockField.length] = length;
    if (handleLength > (page[offset + BlockField.handleLength] as number)) {
      page[offset + BlockField.handleLength] = handleLength;
    }
    this.#records.set(element, ElementField.ownership, (block << entryShift) | end);
    list.size += 1;
  }

  /**
   * Takes an element out of its list.
   *
   * @param list - The list that the element is in.
   * @param element - The element.
   */
  remove(list: BlockList, element: ElementReference): void {
    const place = this.place(element);
    const block = place >> entryShift;
    const page = this.arena.page(block);
    const offset = this.arena.offset(block);
    page[offset + BlockField.elements + (place & entryMask)] = -1;
    const live = (page[offset + BlockField.live] as number) - 1;
    page[offset + BlockField.live] = live;
    list.size -= 1;
    if (live === 0) this.#drop(list, block);
    else if ((live & thinStep) === 0 && live <= thinEntries) this.#thicken(list, block);
  }

  /**
   * Moves an element to the end of another list.
   *
   * @param from - The list that the element is in.
   * @param to - The other list.
   * @param element - The element.
   * @param length - How many bytes it takes in a message.
   */
  move(from: BlockList, to: BlockList, element: ElementReference, length: number): void {
    const block = this.place(element) >> entryShift;
    // That of the longest among its neighbours: looking for its own would take longer than the move.
    const handleLength = this.#field(block, BlockField.handleLength);
    this.remove(from, element);
    this.append(to, element, length, handleLength);
  }

  /**
   * Says that an element takes more bytes than before.
   *
   * @param element - An element that is in a list.
   * @param length - How many bytes it takes in a message.
   */
  lengthen(element: ElementReference, length: number): void {
    const block = this.place(element) >> entryShift;
    if (length > this.#field(block, BlockField.length)) this.#setField(block, BlockField.length, length);
  }

  /**
   * Moves everything from one list to the end of another one, as if one after the other had joined it.
   *
   * @param from - The list that becomes empty.
   * @param to - The list that becomes longer.
   */
  moveAll(from: BlockList, to: BlockList): void {
    const { last } = to;
    const [first] = from.blocks;
    if (first === undefined) return;
    for (const block of from.blocks) {
      this.#renumber(block);
      to.blocks.push(block);
    }
    to.last = from.last;
    to.size += from.size;
    from.blocks.length = 0;
    from.last = -1;
    from.size = 0;
    if (last === -1) return;
    this.#link(last, first);
    this.#mergeWithNext(to, last);
  }

  /**
   * The place of an element.
   *
   * @param element - An element that is in a list.
   */
  place(element: ElementReference): number {
    return this.#records.get(element, ElementField.ownership);
  }

  /**
   * The order number of an entry, 1 or more: unique among all joins of the family.
   *
   * @param place - The place.
   */
  order(place: number): number {
    const block = place >> entryShift;
    const page = this.arena.page(block);
    const offset = this.arena.offset(block);
    const low = page[offset + BlockField.orders + (place & entryMask)] as number;
    return (page[offset + BlockField.high] as number) * 0x100000000 + (low >>> 0);
  }

  /**
   * The element at a place.
   *
   * @param place - A place that was returned since the last change.
   */
  element(place: number): ElementReference {
    const block = place >> entryShift;
    const entry = this.arena.offset(block) + BlockField.elements + (place & entryMask);
    return this.arena.page(block)[entry] as number;
  }

  /**
   * The first place from a given one on at which there is an element, or -1.
   *
   * @param place - The place of an entry, of the one behind the last of a block, or -1.
   */
  from(place: number): number {
    let block = place >> entryShift;
    let entry = place & entryMask;
    while (block !== -1) {
      const page = this.arena.page(block);
      const offset = this.arena.offset(block);
      const end = page[offset + BlockField.end] as number;
      for (; entry < end; entry += 1) {
        if (page[offset + BlockField.elements + entry] !== -1) return (block << entryShift) | entry;
      }
      block = page[offset + BlockField.next] as number;
      entry = 0;
    }
    return -1;
  }

  /**
   * The place at which a list begins, or -1 where it is empty; there may be a hole.
   *
   * @param list - The list.
   */
  begin(list: BlockList): number {
    const first = list.blocks[0];
    return first === undefined ? -1 : first << entryShift;
  }

  /**
   * Where a walk goes on: behind the entry with an order number, which may have gone. That takes one step where it is
   * still at its place, also as a hole, and two binary searches where it is not.
   *
   * @param list - The list that is walked.
   * @param order - The order number.
   * @param place - The place that it was at.
   * @returns A place for {@link BlockLists.from} and {@link BlockLists.copy}, or -1 where the list is empty.
   */
  behind(list: BlockList, order: number, place: number): number {
    const block = place >> entryShift;
    if (this.arena.has(block) && (place & entryMask) < this.#field(block, BlockField.end)) {
      // Whatever list it was in, the number is given once: this is the entry.
      if (this.order(place) === order) return place + 1;
    }
    return this.#search(list, order);
  }

  /**
   * Copies elements.
   *
   * @param place - Where to begin.
   * @param maximum - How many at most.
   * @param into - Where they go, from index 0 on.
   * @returns How many there are.
   */
  copy(place: number, maximum: number, into: ElementReference[]): number {
    let block = place >> entryShift;
    let entry = place & entryMask;
    let count = 0;
    while (block !== -1 && count < maximum) {
      const page = this.arena.page(block);
      const offset = this.arena.offset(block);
      count = copyEntries(page, offset, entry, count, maximum, into);
      block = page[offset + BlockField.next] as number;
      entry = 0;
    }
    return count;
  }

  /**
   * As {@link BlockLists.copy}, where the elements are sure to take no more than so many bytes.
   *
   * @param place - Where to begin.
   * @param maximum - How many at most.
   * @param maximumBytes - How many bytes they may take.
   * @param into - Where they go, from index 0 on.
   * @returns How many there are, or -1 where it is not sure: then they have to be counted.
   */
  copyWithin(place: number, maximum: number, maximumBytes: number, into: ElementReference[]): number {
    let block = place >> entryShift;
    let entry = place & entryMask;
    let count = 0;
    let bytes = 0;
    while (block !== -1 && count < maximum) {
      const page = this.arena.page(block);
      const offset = this.arena.offset(block);
      const before = count;
      const bytesOfEach =
        (page[offset + BlockField.length] as number) + (page[offset + BlockField.handleLength] as number);
      count = copyEntries(page, offset, entry, count, maximum, into);
      bytes += (count - before) * bytesOfEach;
      if (bytes > maximumBytes) return -1;
      block = page[offset + BlockField.next] as number;
      entry = 0;
    }
    return count;
  }

  #field(block: number, field: number): number {
    return this.arena.page(block)[this.arena.offset(block) + field] as number;
  }

  #setField(block: number, field: number, value: number): void {
    this.arena.page(block)[this.arena.offset(block) + field] = value;
  }

  #link(block: number, next: number): void {
    this.#setField(block, BlockField.next, next);
    this.#setField(next, BlockField.previous, block);
  }

  /** The block that the next element of a list goes to. */
  #blockFor(list: BlockList): number {
    const { last } = list;
    if (last !== -1) {
      const page = this.arena.page(last);
      const offset = this.arena.offset(last);
      if (page[offset + BlockField.high] === this.#high) {
        if ((page[offset + BlockField.end] as number) < blockEntries) return last;
        if ((page[offset + BlockField.live] as number) <= blockEntries / 2) {
          this.#close(last);
          return last;
        }
      }
    }
    return this.#addBlock(list);
  }

  #addBlock(list: BlockList): number {
    const { last } = list;
    const block = this.arena.take(this.#high);
    if (last !== -1) this.#link(last, block);
    list.blocks.push(block);
    list.last = block;
    return block;
  }

  /** Closes up the entries of a block, so that there are no holes. */
  #close(block: number): void {
    const page = this.arena.page(block);
    const offset = this.arena.offset(block);
    const end = page[offset + BlockField.end] as number;
    if (page[offset + BlockField.live] === end) return;
    page[offset + BlockField.end] = 0;
    this.#moveEntries(page, offset, end, block);
  }

  /** Gives the entries of a block new order numbers, as if they joined now. */
  #renumber(block: number): void {
    const page = this.arena.page(block);
    const offset = this.arena.offset(block);
    const end = page[offset + BlockField.end] as number;
    // All have the same upper word.
    if ((this.#low >>> 0) + end > 0xffffffff) {
      this.#low = 0;
      this.#high += 1;
    }
    page[offset + BlockField.high] = this.#high;
    const next = this.#low + 1;
    for (let entry = 0; entry < end; entry += 1) page[offset + BlockField.orders + entry] = next + entry;
    this.#low = (this.#low + end) | 0;
  }

  /** Appends entries to a block; those of the block itself may be among them. */
  #moveEntries(from: Int32Array, fromOffset: number, end: number, block: number): void {
    const page = this.arena.page(block);
    const elements = this.arena.offset(block) + BlockField.elements;
    const orders = this.arena.offset(block) + BlockField.orders;
    const first = page[this.arena.offset(block) + BlockField.end] as number;
    let count = first;
    for (let entry = 0; entry < end; entry += 1) {
      const element = from[fromOffset + BlockField.elements + entry] as number;
      page[elements + count] = element;
      page[orders + count] = from[fromOffset + BlockField.orders + entry] as number;
      // A hole is overwritten by the next one: holes are anywhere, and a branch would be guessed wrong half the time.
      count += 1 + (element >> 31);
    }
    for (let entry = first; entry < count; entry += 1) {
      this.#records.set(
        page[elements + entry] as number,
        ElementField.ownership,
        (block << entryShift) | entry,
      );
    }
    page[this.arena.offset(block) + BlockField.end] = count;
  }

  #thicken(list: BlockList, block: number): void {
    if (this.#mergeWithNext(list, block)) return;
    const previous = this.#field(block, BlockField.previous);
    if (previous !== -1) this.#mergeWithNext(list, previous);
  }

  #mergeWithNext(list: BlockList, block: number): boolean {
    const next = this.#field(block, BlockField.next);
    if (next === -1) return false;
    const live = this.#field(block, BlockField.live) + this.#field(next, BlockField.live);
    if (live > mergedEntries) return false;
    if (this.#field(block, BlockField.high) !== this.#field(next, BlockField.high)) return false;
    this.#close(block);
    const end = this.#field(next, BlockField.end);
    this.#moveEntries(this.arena.page(next), this.arena.offset(next), end, block);
    this.#setField(block, BlockField.live, live);
    for (const field of [BlockField.length, BlockField.handleLength]) {
      this.#setField(block, field, Math.max(this.#field(block, field), this.#field(next, field)));
    }
    this.#drop(list, next);
    return true;
  }

  /** Takes a block without elements out of its list. */
  #drop(list: BlockList, block: number): void {
    const next = this.#field(block, BlockField.next);
    const previous = this.#field(block, BlockField.previous);
    if (next !== -1) this.#setField(next, BlockField.previous, previous);
    if (previous !== -1) this.#setField(previous, BlockField.next, next);
    if (next === -1) {
      list.blocks.pop();
      list.last = previous;
    } else if (previous === -1) list.blocks.shift();
    else list.blocks.splice(this.#indexOf(list, this.order(block << entryShift)), 1);
    this.arena.release(block);
  }

  /** The index of the last block of a list whose first order number is at most a given one, or -1. */
  #indexOf(list: BlockList, order: number): number {
    let low = 0;
    let high = list.blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.order((list.blocks[middle] as number) << entryShift) <= order) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #search(list: BlockList, order: number): number {
    const index = this.#indexOf(list, order);
    if (index === -1) return this.begin(list);
    const block = list.blocks[index] as number;
    let low = 0;
    let high = this.#field(block, BlockField.end);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.order((block << entryShift) | middle) <= order) low = middle + 1;
      else high = middle;
    }
    return (block << entryShift) | low;
  }
}
