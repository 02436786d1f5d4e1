import { PolicyError } from '../policy-error.ts';
import { isDegrading, isPolicyName, policyNames } from '../policy-traits.ts';
import type { PolicyName } from '../policy-types.ts';
import type { SelectionStore } from '../structures/selection-store.ts';
import { DegradingSelection } from './degrading-selection.ts';
import { RandomSelection } from './random-selection.ts';
import { RoundRobinSelection } from './round-robin-selection.ts';
import type { Selection } from './selection.ts';
import type { SelectorOptions } from './selector.ts';
import { SortedSelection } from './sorted-selection.ts';
import { WeightedRandomSelection } from './weighted-random-selection.ts';
import { WeightedRoundRobinSelection } from './weighted-round-robin-selection.ts';

/**
 * Creates the selection of one pool in a store that many pools may share.
 *
 * @param type - The pool's policy.
 * @param options - The random source, and how far a selection advances the state.
 * @param store - Where the pool's state is kept.
 * @throws {@link PolicyError} `ERR_RSERPOOL_INVALID_ARGUMENT` for an unknown policy or wrong options.
 */
export function createSelection(
  type: PolicyName,
  options: SelectorOptions,
  store: SelectionStore,
): Selection {
  switch (type) {
    case 'roundRobin':
      return new RoundRobinSelection(options, store);
    case 'weightedRoundRobin':
      return new WeightedRoundRobinSelection(options, store);
    case 'random':
      return new RandomSelection(options, store);
    case 'weightedRandom':
    case 'weightedRandomDistance':
    case 'randomizedLeastUsed':
    case 'randomizedPriorityLeastUsed':
    case 'randomizedLeastUsedWithDegradation':
    case 'randomizedPriorityLeastUsedWithDegradation':
      return new WeightedRandomSelection(type, options, store);
    default:
      return createSorted(type, options, store);
  }
}

function createSorted(type: PolicyName, options: SelectorOptions, store: SelectionStore): Selection {
  if (!isPolicyName(type)) {
    throw new PolicyError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `there is no policy ${String(type)}: use one of ${policyNames.join(', ')}`,
      { path: 'type' },
    );
  }
  return isDegrading(type)
    ? new DegradingSelection(type, options, store)
    : new SortedSelection(type, options, store);
}
