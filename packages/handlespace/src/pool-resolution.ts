import { type PolicyParameter, RserpoolError } from '@rserpool/wire';
import type { ElementReference } from './element-reference.ts';
import type { Store } from './store.ts';

/** What is known of a pool: its overall policy and elements of it. */
export interface PoolResolution {
  /**
   * The overall policy of the pool (RFC 5352 section 2.2.6). The type is what counts; the data are those that
   * the pool's first element had when it created the pool. The handlespace's own, not to be changed.
   */
  readonly policy: PolicyParameter;
  /** The elements. The array belongs to the caller. */
  readonly elements: ElementReference[];
}

/**
 * Selects elements of a pool by its policy.
 *
 * @param store - The indices; the policy's state changes.
 * @param poolHandle - The pool.
 * @param maximumItems - How many elements at most, an integer of 0 or more, or infinity.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for a number of items that is none.
 */
export function resolvePool(
  store: Store,
  poolHandle: Uint8Array,
  maximumItems: number,
): PoolResolution | undefined {
  checkMaximum(maximumItems);
  const number = store.pools.find(poolHandle);
  if (number === -1) return undefined;
  const pool = store.pools.at(number);
  const elements: ElementReference[] = [];
  elements.length = store.pools.selection(number).select(Math.min(maximumItems, pool.size), elements);
  return { policy: pool.policy, elements };
}

/**
 * As {@link resolvePool}, into an array that is used again.
 *
 * @param store - The indices; the policy's state changes.
 * @param poolHandle - The pool.
 * @param maximumItems - How many elements at most, an integer of 0 or more, or infinity.
 * @param into - Where the elements go, from index 0 on.
 * @returns How many elements; -1 for an unknown pool handle.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for a number of items that is none.
 */
export function resolvePoolInto(
  store: Store,
  poolHandle: Uint8Array,
  maximumItems: number,
  into: ElementReference[],
): number {
  checkMaximum(maximumItems);
  const number = store.pools.find(poolHandle);
  return number === -1 ? -1 : store.pools.selection(number).select(maximumItems, into);
}

function checkMaximum(maximumItems: number): void {
  if (maximumItems >= 0 && (maximumItems === Number.POSITIVE_INFINITY || Number.isInteger(maximumItems)))
    return;
  throw new RserpoolError(
    'ERR_RSERPOOL_INVALID_ARGUMENT',
    `maximumItems is ${maximumItems}; it has to be an integer of 0 or more, or infinity.`,
  );
}

/**
 * All elements of a pool in the order in which they joined.
 *
 * @param store - The indices; unchanged.
 * @param poolHandle - The pool.
 */
export function peekPool(store: Store, poolHandle: Uint8Array): PoolResolution | undefined {
  const number = store.pools.find(poolHandle);
  if (number === -1) return undefined;
  const pool = store.pools.at(number);
  const elements: ElementReference[] = [];
  for (let element = pool.first; element !== -1; element = store.members.next(element)) {
    elements.push(element);
  }
  return { policy: pool.policy, elements };
}
