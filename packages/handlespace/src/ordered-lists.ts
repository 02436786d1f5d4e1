import * as ElementField from './element-field.ts';
import { ElementRecords } from './element-records.ts';
import type { ElementReference } from './element-reference.ts';
import { upperWord } from './paged-records.ts';

/** Ends of one list of elements. */
export interface OrderedList {
  /** The element that joined first, or -1 where the list is empty. */
  first: number;
  /** The element that joined last, or -1 where the list is empty. */
  last: number;
  /** How many elements are in the list. */
  size: number;
}

/** One element that a walk has visited, and the order number that it had in its list at that time. */
export interface VisitedElement {
  /** The element. */
  readonly element: ElementReference;
  /** Its order number then; tells whether it is the same membership today. */
  readonly order: number;
}

/** Makes an empty list. */
export function emptyList(): OrderedList {
  return { first: -1, last: -1, size: 0 };
}

/** The words of a link in an element's record. */
const previousOffset = 1;
const orderOffset = 2;

/**
 * A family of disjoint doubly linked lists over elements: an element is in one list of the family at most (the
 * members of its pool; what its home registrar owns). The links are words of the elements' records, so joining and
 * leaving allocate nothing. Elements join at the end and get an order number that grows with every join, hence each
 * list is sorted by it; that is what lets a walk go on although the element at which it stopped has left.
 */
export class OrderedLists {
  readonly #records: ElementRecords;
  /** The next element here, the previous one behind it, then the order number, which is 0 in no list. */
  readonly #link: number;
  #lastOrder: number;

  /**
   * @param records - The records of the elements.
   * @param link - The first of the four words that the links of this family have.
   * @param lastOrder - The order number that the first join follows. They end at 2^53: with a million joins a second
   *   that takes 285 years. Only tests begin late.
   */
  constructor(
    records: ElementRecords = new ElementRecords(),
    link: number = ElementField.membership,
    lastOrder: number = 0,
  ) {
    this.#records = records;
    this.#link = link;
    this.#lastOrder = lastOrder;
  }

  /**
   * Puts an element at the end of a list.
   *
   * @param list - The list to join.
   * @param element - An element that is in no list of the family.
   */
  append(list: OrderedList, element: ElementReference): void {
    const records = this.#records;
    const { last } = list;
    const order = this.#lastOrder + 1;
    this.#lastOrder = order;
    const page = records.page(element);
    const link = records.base(element) + this.#link;
    page[link] = -1;
    page[link + previousOffset] = last;
    page[link + orderOffset] = order | 0;
    page[link + orderOffset + 1] = upperWord(order);
    if (last === -1) list.first = element;
    else records.page(last)[records.base(last) + this.#link] = element;
    list.last = element;
    list.size += 1;
  }

  /**
   * Takes an element out of its list.
   *
   * @param list - The list that the element is in.
   * @param element - The element.
   */
  remove(list: OrderedList, element: ElementReference): void {
    const records = this.#records;
    const page = records.page(element);
    const link = records.base(element) + this.#link;
    const next = page[link] as number;
    const previous = page[link + previousOffset] as number;
    page[link + orderOffset] = 0;
    page[link + orderOffset + 1] = 0;
    if (previous === -1) list.first = next;
    else records.page(previous)[records.base(previous) + this.#link] = next;
    if (next === -1) list.last = previous;
    else records.page(next)[records.base(next) + this.#link + previousOffset] = previous;
    list.size -= 1;
  }

  /**
   * The element behind another one in its list, or -1 at the end.
   *
   * @param element - An element that is in a list.
   */
  next(element: ElementReference): number {
    return this.#records.get(element, this.#link);
  }

  /**
   * The order number of an element: unique among all joins of the family, growing along each list. 0 where the
   * element is in no list.
   *
   * @param element - The element.
   */
  order(element: ElementReference): number {
    return element < this.#records.capacity ? this.#records.getLong(element, this.#link + orderOffset) : 0;
  }

  /**
   * Where a walk goes on: the first element of a list behind the one visited last, or -1. That takes one step
   * where that element is still in the list, few where one of the `visited` ones is, and a walk from the list's
   * first element where all of them have left.
   *
   * @param list - The list that is walked.
   * @param visited - The elements visited last, in the order of the visit; empty to begin.
   */
  following(list: OrderedList, visited: readonly VisitedElement[]): number {
    const reached = visited.at(-1)?.order ?? 0;
    let element = list.first;
    for (let index = visited.length - 1; index >= 0; index -= 1) {
      const anchor = visited[index] as VisitedElement;
      if (this.order(anchor.element) === anchor.order) {
        element = anchor.element;
        break;
      }
    }
    while (element !== -1 && this.order(element) <= reached) element = this.next(element);
    return element;
  }
}
