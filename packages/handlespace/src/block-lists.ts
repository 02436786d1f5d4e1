import * as BlockField from './block-field.ts';
import { BlockArena, blockEntries } from './block-arena.ts';
import * as ElementField from './element-field.ts';
import type { ElementRecords } from './element-records.ts';
import type { ElementReference } from './element-reference.ts';

/** Bits of a place for the entry in its block; the others are the block's number. */
const entryShift = 6;
const entryMask: number = (1 << entryShift) - 1;

/** Two neighbours are merged where they have so many elements at most: then there is room for as many removals. */
const mergedEntries = 48;

/** A block that has become this thin looks at its neighbours, whenever it has lost as many as the second number says. */
const thinEntries = 24;
const thinStep: number = 8 - 1;

/** The blocks of one list. */
export interface BlockList {
  /** The blocks in their order; their bases grow. */
  readonly blocks: number[];
  /** How many elements are in the list. */
  size: number;
}

/** Makes an empty list. */
export function emptyBlockList(): BlockList {
  return { blocks: [], size: 0 };
}

/**
 * A family of disjoint lists of elements in the order in which they joined, for lists that are long and walked often:
 * the elements of a list lie in blocks one behind the other, and walking reads memory in sequence, the blocks alone.
 *
 * An element's record holds its place: block and entry. Who leaves leaves a hole; a block without elements is given
 * up, and neighbours with few are merged, so that any two neighbours are half full together, and each join and each
 * removal pays for a step or two of that. Each join has an order number of its own, which grows along the list, and
 * holes keep theirs: whoever knows the number of the entry at which a walk had stopped finds the one behind it,
 * whatever has changed meanwhile.
 */
export class BlockLists {
  /** The blocks. */
  readonly arena: BlockArena = new BlockArena();
  readonly #records: ElementRecords;
  #lastOrder = 0;

  /**
   * @param records - The records of the elements.
   */
  constructor(records: ElementRecords) {
    this.#records = records;
  }

  /**
   * Puts an element at the end of a list.
   *
   * @param list - The list.
   * @param element - An element that is in no list of the family.
   * @param bytes - How many bytes it takes in a message, its pool handle included.
   */
  append(list: BlockList, element: ElementReference, bytes: number): void {
    this.#lastOrder += 1;
    const block = this.#blockFor(list, this.#lastOrder);
    const page = this.arena.page(block);
    const offset = this.arena.offset(block);
    const end = page[offset + BlockField.end] as number;
    page[offset + BlockField.elements + end] = element;
    page[offset + BlockField.orders + end] = (this.#lastOrder - this.arena.base(block)) | 0;
    page[offset + BlockField.end] = end + 1;
    page[offset + BlockField.live] = (page[offset + BlockField.live] as number) + 1;
    if (bytes > (page[offset + BlockField.bytes] as number)) page[offset + BlockField.bytes] = bytes;
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
   * Says that an element takes more bytes than before.
   *
   * @param element - An element that is in a list.
   * @param bytes - How many bytes it takes in a message, its pool handle included.
   */
  lengthen(element: ElementReference, bytes: number): void {
    const block = this.place(element) >> entryShift;
    const word = this.arena.offset(block) + BlockField.bytes;
    const page = this.arena.page(block);
    if (bytes > (page[word] as number)) page[word] = bytes;
  }

  /**
   * Moves everything from one list to the end of another one, as if one after the other had joined it.
   *
   * @param from - The list that becomes empty.
   * @param to - The list that becomes longer.
   */
  moveAll(from: BlockList, to: BlockList): void {
    const last = to.blocks.at(-1);
    const first = from.blocks[0];
    for (const block of from.blocks) {
      const page = this.arena.page(block);
      const offset = this.arena.offset(block);
      const end = page[offset + BlockField.end] as number;
      this.arena.setBase(block, this.#lastOrder + 1);
      for (let entry = 0; entry < end; entry += 1) page[offset + BlockField.orders + entry] = entry;
      this.#lastOrder += end;
      to.blocks.push(block);
    }
    to.size += from.size;
    from.blocks.length = 0;
    from.size = 0;
    if (last === undefined || first === undefined) return;
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
    const order = this.arena.offset(block) + BlockField.orders + (place & entryMask);
    return this.arena.base(block) + ((this.arena.page(block)[order] as number) >>> 0);
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
      count = copyEntries(page, offset, entry, count, maximum, into);
      bytes += (count - before) * (page[offset + BlockField.bytes] as number);
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
  #blockFor(list: BlockList, order: number): number {
    const last = list.blocks.at(-1);
    if (last !== undefined && order - this.arena.base(last) <= 0xffffffff) {
      if (this.#field(last, BlockField.end) < blockEntries) return last;
      if (this.#field(last, BlockField.live) <= blockEntries / 2) {
        this.#close(last);
        return last;
      }
    }
    const block = this.arena.take(order);
    if (last !== undefined) this.#link(last, block);
    list.blocks.push(block);
    return block;
  }

  /** Closes up the entries of a block, so that there are no holes. */
  #close(block: number): void {
    const page = this.arena.page(block);
    const offset = this.arena.offset(block);
    const end = page[offset + BlockField.end] as number;
    page[offset + BlockField.end] = 0;
    this.#moveEntries(page, offset, end, block, 0);
  }

  /** Appends entries to a block; those of the block itself may be among them. */
  #moveEntries(from: Int32Array, fromOffset: number, end: number, block: number, delta: number): void {
    const page = this.arena.page(block);
    const offset = this.arena.offset(block);
    let count = page[offset + BlockField.end] as number;
    for (let entry = 0; entry < end; entry += 1) {
      const element = from[fromOffset + BlockField.elements + entry] as number;
      if (element === -1) continue;
      page[offset + BlockField.elements + count] = element;
      page[offset + BlockField.orders + count] =
        (from[fromOffset + BlockField.orders + entry] as number) + delta;
      this.#records.set(element, ElementField.ownership, (block << entryShift) | count);
      count += 1;
    }
    page[offset + BlockField.end] = count;
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
    const delta = this.arena.base(next) - this.arena.base(block);
    // Two entries of one block are never more than 2^32 joins apart.
    const end = this.#field(next, BlockField.end);
    const lastOrder = this.order((next << entryShift) | (end - 1));
    if (live > mergedEntries || lastOrder - this.arena.base(block) > 0xffffffff) return false;
    this.#close(block);
    this.#moveEntries(this.arena.page(next), this.arena.offset(next), end, block, delta);
    this.#setField(block, BlockField.live, live);
    const bytes = Math.max(this.#field(block, BlockField.bytes), this.#field(next, BlockField.bytes));
    this.#setField(block, BlockField.bytes, bytes);
    this.#drop(list, next);
    return true;
  }

  /** Takes a block without elements out of its list. */
  #drop(list: BlockList, block: number): void {
    const next = this.#field(block, BlockField.next);
    const previous = this.#field(block, BlockField.previous);
    if (next !== -1) this.#setField(next, BlockField.previous, previous);
    if (previous !== -1) this.#setField(previous, BlockField.next, next);
    if (next === -1) list.blocks.pop();
    else if (previous === -1) list.blocks.shift();
    else list.blocks.splice(this.#indexOf(list, this.arena.base(block)), 1);
    this.arena.release(block);
  }

  /** The index of the last block of a list whose base is at most an order number, or -1. */
  #indexOf(list: BlockList, order: number): number {
    let low = 0;
    let high = list.blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.arena.base(list.blocks[middle] as number) <= order) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #search(list: BlockList, order: number): number {
    const index = this.#indexOf(list, order);
    if (index === -1) return this.begin(list);
    const block = list.blocks[index] as number;
    const page = this.arena.page(block);
    const offset = this.arena.offset(block) + BlockField.orders;
    const relative = order - this.arena.base(block);
    let low = 0;
    let high = this.#field(block, BlockField.end);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((page[offset + middle] as number) >>> 0 <= relative) low = middle + 1;
      else high = middle;
    }
    return (block << entryShift) | low;
  }
}

/** Copies the elements of one block from an entry on behind so many others, and says how many there are then. */
function copyEntries(
  page: Int32Array,
  offset: number,
  from: number,
  count: number,
  maximum: number,
  into: ElementReference[],
): number {
  const end = page[offset + BlockField.end] as number;
  const first = offset + BlockField.elements + from;
  let index = count;
  if (page[offset + BlockField.live] === end) {
    const length = Math.min(end - from, maximum - count);
    for (let entry = 0; entry < length; entry += 1) into[count + entry] = page[first + entry] as number;
    return count + length;
  }
  const last = offset + BlockField.elements + end;
  for (let word = first; word < last && index < maximum; word += 1) {
    const element = page[word] as number;
    if (element === -1) continue;
    into[index] = element;
    index += 1;
  }
  return index;
}
