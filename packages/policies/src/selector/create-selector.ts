import type { PolicyName } from '../policy-types.ts';
import { SelectionStore } from '../structures/selection-store.ts';
import { createSelection } from './create-selection.ts';
import type { Selector, SelectorOptions } from './selector.ts';
import { SlotSelector } from './slot-selector.ts';

/**
 * Creates the selection structure of one pool at its registrar (the "ENRP Server Considerations" of RFC 5356).
 *
 * @param type - The pool's policy.
 * @param options - The random source, and how far a selection advances the state.
 * @throws {@link PolicyError} `ERR_RSERPOOL_INVALID_ARGUMENT` for an unknown policy or wrong options.
 * @example
 * ```ts
 * import { createSelector } from '@rserpool/policies';
 *
 * const random = () => crypto.getRandomValues(new Uint32Array(1))[0]!;
 * const selector = createSelector('leastUsed', { random });
 * selector.add(7, { type: 'leastUsed', load: 0x80000000 });
 * selector.add(9, { type: 'leastUsed', load: 0x10000000 });
 * const slots: number[] = [];
 * selector.select(2, slots); // 2; slots is [9, 7]
 * ```
 */
export function createSelector(type: PolicyName, options: SelectorOptions): Selector {
  return new SlotSelector(createSelection(type, options, new SelectionStore()));
}
