import { PolicyError } from '../policy-error.ts';
import { isDegrading, isPolicyName, policyNames } from '../policy-traits.ts';
import type { PolicyName } from '../policy-types.ts';
import { DegradingSelector } from './degrading-selector.ts';
import { RandomSelector } from './random-selector.ts';
import { RoundRobinSelector } from './round-robin-selector.ts';
import type { Selector, SelectorOptions } from './selector.ts';
import { SortedSelector } from './sorted-selector.ts';
import { WeightedRandomSelector } from './weighted-random-selector.ts';
import { WeightedRoundRobinSelector } from './weighted-round-robin-selector.ts';

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
  switch (type) {
    case 'roundRobin':
      return new RoundRobinSelector(options);
    case 'weightedRoundRobin':
      return new WeightedRoundRobinSelector(options);
    case 'random':
      return new RandomSelector(options);
    case 'weightedRandom':
    case 'weightedRandomDistance':
    case 'randomizedLeastUsed':
    case 'randomizedPriorityLeastUsed':
    case 'randomizedLeastUsedWithDegradation':
    case 'randomizedPriorityLeastUsedWithDegradation':
      return new WeightedRandomSelector(type, options);
    default:
      return createSorted(type, options);
  }
}

function createSorted(type: PolicyName, options: SelectorOptions): Selector {
  if (!isPolicyName(type)) {
    throw new PolicyError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `there is no policy ${String(type)}: use one of ${policyNames.join(', ')}`,
      { path: 'type' },
    );
  }
  return isDegrading(type) ? new DegradingSelector(type, options) : new SortedSelector(type, options);
}
