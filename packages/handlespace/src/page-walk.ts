import { encodedPoolHandleLength, type PoolElement, RserpoolError } from '@rserpool/wire';
import type { ElementReference } from './element-reference.ts';
import type { OrderedLists, VisitedElement } from './ordered-lists.ts';
import type { HandlespacePage, PageCursor, PageOptions } from './page.ts';
import type { Store } from './store.ts';

/** How many of the elements visited last a cursor remembers. */
const remembered = 4;

/**
 * Collects the elements of one page.
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
export function collectPage(
  store: Store,
  after: PageCursor | undefined,
  options: PageOptions,
): HandlespacePage {
  checkArguments(after, options);
  const { homeRegistrar } = options;
  const entries = new Map<number, { poolHandle: Uint8Array; poolElements: PoolElement[] }>();
  const collected: ElementReference[] = [];
  let bytes = 0;
  const walk = homeRegistrar === undefined ? byPool(store, after) : byOwner(store, homeRegistrar, after);
  for (const element of walk) {
    const pool = store.poolOf(element);
    const entry = entries.get(pool.number);
    bytes += store.elements.encodedLength(element);
    if (entry === undefined) bytes += encodedPoolHandleLength(pool.handle);
    const full = collected.length >= options.maximumElements || bytes > options.maximumBytes;
    if (full && collected.length > 0) {
      return { poolEntries: [...entries.values()], next: cursorBehind(store, collected, homeRegistrar) };
    }
    collected.push(element);
    const attributes = store.elements.attributes(element);
    if (entry === undefined) {
      entries.set(pool.number, { poolHandle: pool.handle, poolElements: [attributes] });
    } else {
      entry.poolElements.push(attributes);
    }
  }
  return { poolEntries: [...entries.values()], next: undefined };
}

function* byPool(store: Store, after: PageCursor | undefined): Generator<ElementReference> {
  const first = after?.poolNumber ?? 0;
  for (let pool = store.pools.from(first); pool !== undefined; pool = store.pools.from(pool.number + 1)) {
    // Where a new pool has got the number of the cursor's pool, all its elements joined behind the visited ones.
    const visited = pool.number === first ? (after?.visited ?? []) : [];
    let element = store.members.following(pool.members, visited);
    for (; element !== -1; element = store.members.next(element)) yield element;
  }
}

function* byOwner(
  store: Store,
  homeRegistrar: number,
  after: PageCursor | undefined,
): Generator<ElementReference> {
  const { lists } = store.ownership;
  const list = store.ownership.list(homeRegistrar);
  if (list === undefined) return;
  let element = lists.following(list, after?.visited ?? []);
  for (; element !== -1; element = lists.next(element)) yield element;
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
