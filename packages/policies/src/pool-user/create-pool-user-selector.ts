import { PolicyError } from '../policy-error.ts';
import { isPolicyName, isRandomized, policyNames } from '../policy-traits.ts';
import type { PolicyName } from '../policy-types.ts';
import { CyclicUserSelector } from './cyclic-user-selector.ts';
import { ListedUserSelector } from './listed-user-selector.ts';
import type { PoolUserItem, PoolUserSelector, PoolUserSelectorOptions } from './pool-user-selector.ts';
import { UniformUserSelector } from './uniform-user-selector.ts';

/**
 * Creates a pool user's selector over the lists that handle resolutions return. Round robin and weighted round
 * robin walk through the list, random policies draw uniformly, priority takes the highest one, the others take the
 * list's order; private policies do as the standard one that they derive from.
 *
 * @param type - The pool's overall policy; `roundRobin` where the response had none.
 * @param options - The random source.
 * @throws {@link PolicyError} `ERR_RSERPOOL_INVALID_ARGUMENT` for an unknown policy.
 * @example
 * ```ts
 * import { createPoolUserSelector } from '@rserpool/policies';
 *
 * const random = () => crypto.getRandomValues(new Uint32Array(1))[0]!;
 * const selector = createPoolUserSelector<{ host: string; policy: { type: string } }>('leastUsed', { random });
 * selector.replace([
 *   { host: 'a', policy: { type: 'leastUsed' } },
 *   { host: 'b', policy: { type: 'leastUsed' } },
 * ]);
 * const failed = selector.next();
 * const backup = selector.next({ exclude: (item) => item === failed });
 * ```
 */
export function createPoolUserSelector<Item extends PoolUserItem>(
  type: PolicyName,
  options: PoolUserSelectorOptions,
): PoolUserSelector<Item> {
  if (!isPolicyName(type)) {
    throw new PolicyError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `there is no policy ${String(type)}: use one of ${policyNames.join(', ')}`,
      { path: 'type' },
    );
  }
  if (isRandomized(type)) return new UniformUserSelector<Item>(type, options.random);
  if (type === 'roundRobin' || type === 'weightedRoundRobin') return new CyclicUserSelector<Item>(type);
  return new ListedUserSelector<Item>(type);
}
