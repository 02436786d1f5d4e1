import { encodedPoolHandleLength, type PoolElement, type PoolEntry, RserpoolError } from '@rserpool/wire';
import type { ElementReference } from './element-reference.ts';
import type { OrderedLists, VisitedElement } from './ordered-lists.ts';
import type { HandlespacePage, PageCursor, PageOptions, ReferencePage } from './page.ts';
import type { Store } from './store.ts';

/** How many of the elements visited last a cursor remembers. */
const remembered = 4;

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
  const { homeRegistrar, maximumElements, maximumBytes } = options;
  const { elements: table } = store;
  const isOwned = homeRegistrar !== undefined;
  const lists = isOwned ? store.ownership.lists : store.members;
  const page = store.nextPage();
  const elements: ElementReference[] = [];
  let count = 0;
  let bytes = 0;
  let element = isOwned ? firstOwned(store, homeRegistrar, after) : firstOfAll(store, after);
  while (element !== -1) {
    const pool = store.poolOf(element);
    bytes += table.encodedLength(element);
    if (pool.page !== page) {
      pool.page = page;
      bytes += encodedPoolHandleLength(pool.handle);
    }
    if ((count >= maximumElements || bytes > maximumBytes) && count > 0) {
      return { elements, next: cursorBehind(store, elements, homeRegistrar) };
    }
    elements.push(element);
    count += 1;
    element = lists.next(element);
    if (element === -1 && !isOwned) element = firstBehind(store, pool.number);
  }
  return { elements, next: undefined };
}

function firstOwned(store: Store, homeRegistrar: number, after: PageCursor | undefined): number {
  const list = store.ownership.list(homeRegistrar);
  return list === undefined ? -1 : store.ownership.lists.following(list, after?.visited ?? []);
}

function firstOfAll(store: Store, after: PageCursor | undefined): number {
  const first = after?.poolNumber ?? 0;
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

function cursorBehind(
  store: Store,
  collected: readonly ElementReference[],
  homeRegistrar: number | undefined,
): PageCursor {
  const poolNumber = store.elements.poolNumber(collected.at(-1) as ElementReference);
  const lists: OrderedLists = homeRegistrar === undefined ? store.members : store.ownership.lists;
  const visited: VisitedElement[] = [];
  for (const element of collected.slice(-remembered)) {
    // An element of the pool before would lead the walk back into that pool's list.
    if (homeRegistrar !== undefined || store.elements.poolNumber(element) === poolNumber) {
      visited.push({ element, order: lists.order(element) });
    }
  }
  return { homeRegistrar, poolNumber, visited };
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
