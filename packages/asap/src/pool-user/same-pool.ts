import type { PolicyParameter, PoolElement } from '@rserpool/wire';
import { bytesEqual, encodePolicyParameter, encodePoolElementParameter } from '@rserpool/wire';

/** What two states of a pool are compared by. */
interface PoolState {
  readonly policy: PolicyParameter;
  readonly poolElements: readonly PoolElement[];
}

/**
 * Whether two states of a pool are the same: the overall policy, and the elements with all that is known of them, in
 * whatever order (answers come in that of the policy, which changes from one to the next).
 *
 * @param left - One state.
 * @param right - The other.
 */
export function isSamePool(left: PoolState, right: PoolState): boolean {
  if (left.poolElements.length !== right.poolElements.length) return false;
  if (!bytesEqual(encodePolicyParameter(left.policy), encodePolicyParameter(right.policy))) return false;
  const elements = new Map(left.poolElements.map((element) => [element.identifier, element]));
  if (elements.size !== left.poolElements.length) return false;
  for (const element of right.poolElements) {
    const other = elements.get(element.identifier);
    if (other === undefined) return false;
    if (!bytesEqual(encodePoolElementParameter(other), encodePoolElementParameter(element))) return false;
    // Each one once: a list that names an element twice is not one that names two.
    elements.delete(element.identifier);
  }
  return true;
}
