import { type PoolElement, type PoolEntry, RserpoolError } from '@rserpool/wire';
import type { ElementReference } from './element-reference.ts';
import type { VisitedElement } from './ordered-lists.ts';
import type { HandlespacePage, PageCursor, PageOptions, ReferencePage } from './page.ts';
import type { Pool } from './pool.ts';
import type { Store } from './store.ts';

/** How many of the elements visited last a cursor of a walk over all elements remembers. */
const remembered = 4;

/** What every element takes in a message: the heads of its parameters, its identifier and its registrar. */
const leastElementBytes = 32;

/**
 * Collects the references of one page.
 *
 * All elements are walked pool by pool, by the pools' numbers, which never change; the elements of one registrar
 * in the order in which they came to it. Either way an element that stays has a fixed place in the walk, and
 * new ones come behind.
 *
 * @param store - The indices.
 * @param after - The cursor of the page before; `undefined` for the first page.
 * @param options - What the page may hold.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for a maximum below 1 and for a cursor of another walk.
 */
export function collectReferences(
  store: Store,
  after: PageCursor | undefined,
  options: PageOptions,
): ReferencePage {
  checkArguments(after, options);
  return options.homeRegistrar === undefined
    ? collectAll(store, after, options)
    : collectOwned(store, options.homeRegistrar, after, options);
}

/** What the handlespace knows of the bytes of a page so far. */
class PageBytes {
  readonly #store: Store;
  readonly #number: number;
  readonly #maximum: number;
  #bytes = 0;

  constructor(store: Store, maximum: number) {
    this.#store = store;
    this.#number = store.nextPage();
    this.#maximum = maximum;
  }

  /** Counts an element, and the handle of its pool where that is new, and says whether there is room for them. */
  add(element: ElementReference, pool: Pool): boolean {
    this.#bytes += this.#store.elements.encodedLength(element);
    if (pool.page !== this.#number) {
      pool.page = this.#number;
      this.#bytes += pool.encodedHandleLength;
    }
    return this.#bytes <= this.#maximum;
  }
}

function collectOwned(
  store: Store,
  homeRegistrar: number,
  after: PageCursor | undefined,
  options: PageOptions,
): ReferencePage {
  const { lists } = store.ownership;
  const list = store.ownership.list(homeRegistrar);
  if (list === undefined) return { elements: [], next: undefined };
  const begin = after === undefined ? lists.begin(list) : lists.behind(list, after.order, after.place);
  const { maximumBytes } = options;
  const maximum = Math.min(options.maximumElements, list.size) | 0;
  const elements = new Array<ElementReference>(Math.min(maximum, 1 + maximumBytes / leastElementBytes) | 0);
  // What is known of the blocks is nearly always enough to see that the bytes are no limit.
  let count = lists.copyWithin(begin, maximum, maximumBytes, elements);
  if (count === -1) count = countOwned(store, begin, maximum, maximumBytes, elements);
  if (count < elements.length) elements.length = count;
  if (count === 0) return { elements, next: undefined };
  const place = lists.place(elements[count - 1] as ElementReference);
  if (lists.from(place + 1) === -1) return { elements, next: undefined };
  return { elements, next: { homeRegistrar, place, order: lists.order(place), visited: [] } };
}

function countOwned(
  store: Store,
  begin: number,
  maximum: number,
  maximumBytes: number,
  into: ElementReference[],
): number {
  const { lists } = store.ownership;
  const bytes = new PageBytes(store, maximumBytes);
  let count = 0;
  for (let place = lists.from(begin); place !== -1 && count < maximum; place = lists.from(place + 1)) {
    const element = lists.element(place);
    if (!bytes.add(element, store.poolOf(element)) && count > 0) break;
    into[count] = element;
    count += 1;
  }
  return count;
}

function collectAll(store: Store, after: PageCursor | undefined, options: PageOptions): ReferencePage {
  const { maximumElements } = options;
  const bytes = new PageBytes(store, options.maximumBytes);
  const elements: ElementReference[] = [];
  let element = firstOfAll(store, after);
  while (element !== -1) {
    const pool = store.poolOf(element);
    const hasRoom = bytes.add(element, pool) && elements.length < maximumElements;
    if (!hasRoom && elements.length > 0) return { elements, next: cursorBehind(store, elements) };
    elements.push(element);
    element = store.members.next(element);
    if (element === -1) element = firstBehind(store, pool.number);
  }
  return { elements, next: undefined };
}

function firstOfAll(store: Store, after: PageCursor | undefined): number {
  const first = after?.place ?? 0;
  const pool = store.pools.from(first);
  if (pool === undefined) return -1;
  if (after === undefined || pool.number !== first) return pool.members.first;
  // Where a new pool has got the number of the cursor's pool, all its elements joined behind the visited ones.
  const element = store.members.following(pool.members, after.visited);
  return element === -1 ? firstBehind(store, first) : element;
}

function firstBehind(store: Store, poolNumber: number): number {
  return store.pools.from(poolNumber + 1)?.members.first ?? -1;
}

/**
 * Collects one page, with the attributes of the elements.
 *
 * @param store - The indices.
 * @param after - The cursor of the page before; `undefined` for the first page.
 * @param options - What the page may hold.
 * @throws As {@link collectReferences}.
 */
export function collectPage(
  store: Store,
  after: PageCursor | undefined,
  options: PageOptions,
): HandlespacePage {
  const { elements, next } = collectReferences(store, after, options);
  return { poolEntries: entriesOf(store, elements), next };
}

function entriesOf(store: Store, elements: readonly ElementReference[]): readonly PoolEntry[] {
  const entries = new Map<number, { poolHandle: Uint8Array; poolElements: PoolElement[] }>();
  for (const element of elements) {
    const pool = store.poolOf(element);
    const attributes = store.attributes(element);
    const entry = entries.get(pool.number);
    if (entry === undefined) {
      entries.set(pool.number, { poolHandle: pool.handle, poolElements: [attributes] });
    } else {
      entry.poolElements.push(attributes);
    }
  }
  return [...entries.values()];
}

function cursorBehind(store: Store, collected: readonly ElementReference[]): PageCursor {
  const place = store.elements.poolNumber(collected.at(-1) as ElementReference);
  const visited: VisitedElement[] = [];
  for (const element of collected.slice(-remembered)) {
    // An element of the pool before would lead the walk back into that pool's list.
    if (store.elements.poolNumber(element) === place) {
      visited.push({ element, order: store.members.order(element) });
    }
  }
  return { homeRegistrar: undefined, place, order: 0, visited };
}

function checkArguments(after: PageCursor | undefined, options: PageOptions): void {
  for (const name of ['maximumElements', 'maximumBytes'] as const) {
    if (options[name] >= 1) continue;
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `${name} is ${options[name]}; a page has to have room for something, so give 1 or more.`,
    );
  }
  if (after !== undefined && after.homeRegistrar !== options.homeRegistrar) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      'The cursor belongs to a walk with another homeRegistrar; go on with the one that the walk began with.',
    );
  }
}
