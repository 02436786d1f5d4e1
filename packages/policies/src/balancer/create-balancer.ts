import { PolicyError } from '../policy-error.ts';
import { isRandomized } from '../policy-traits.ts';
import type { PolicyName } from '../policy-types.ts';
import type { RandomSource } from '../random-source.ts';
import { createSelector } from '../selector/create-selector.ts';
import type { SelectorOptions } from '../selector/selector.ts';
import type { Balancer } from './balancer.ts';
import type {
  LoadDegradationDistanceParameters,
  LoadDegradationParameters,
  LoadDistanceParameters,
  LoadParameters,
  NoParameters,
  PriorityParameters,
  WeightDistanceParameters,
  WeightParameters,
} from './server-parameters.ts';
import { SlotBalancer } from './slot-balancer.ts';

/** The policies that draw random numbers. */
export type RandomizedPolicyName =
  | 'random'
  | 'weightedRandom'
  | 'randomizedLeastUsed'
  | 'randomizedPriorityLeastUsed'
  | 'randomizedLeastUsedWithDegradation'
  | 'randomizedPriorityLeastUsedWithDegradation'
  | 'weightedRandomDistance';

/** Options of {@link createBalancer}: `random` is required by the randomized policies, and not used by others. */
export type BalancerOptions<Name extends PolicyName = PolicyName> = Name extends RandomizedPolicyName
  ? BalancerPolicyOptions<Name> & Pick<SelectorOptions, 'random'>
  : BalancerPolicyOptions<Name> & Partial<Pick<SelectorOptions, 'random'>>;

/** Options of every balancer. */
export interface BalancerPolicyOptions<Name extends PolicyName>
  extends Pick<SelectorOptions, 'maximumIncrement'> {
  /** How to pick. */
  readonly policy: Name;
}

/** The policies that know the load and what one more client adds to it. */
export type LoadDegradationPolicyName =
  | 'leastUsedWithDegradation'
  | 'priorityLeastUsed'
  | 'randomizedPriorityLeastUsed'
  | 'randomizedLeastUsedWithDegradation'
  | 'priorityLeastUsedWithDegradation'
  | 'randomizedPriorityLeastUsedWithDegradation';

/** The policies that know in addition how far away a server is. */
export type LoadDegradationDistancePolicyName =
  | 'leastUsedWithDegradationDistance'
  | 'priorityLeastUsedDistance'
  | 'priorityLeastUsedWithDegradationDistance';

/**
 * Creates a balancer: a list of servers with a policy of RFC 5356 to pick from it. The first type argument is the
 * type of the servers, `string` by default.
 *
 * @param options - The policy; for randomized ones also where the random numbers come from.
 * @throws {@link PolicyError} `ERR_RSERPOOL_RANDOM_REQUIRED` where a randomized policy has no random source,
 *   `ERR_RSERPOOL_INVALID_ARGUMENT` for an unknown policy or a wrong `maximumIncrement`.
 * @example
 * ```ts
 * import { createBalancer } from '@rserpool/policies';
 *
 * const balancer = createBalancer({ policy: 'weightedRoundRobin' });
 * balancer.add('a.example', { weight: 3 });
 * balancer.add('b.example', { weight: 1 });
 * balancer.pick(); // 'a.example', in three of four cases
 * balancer.pickMany(2); // a first choice, and one to fall back on
 * ```
 */
export function createBalancer<Server = string>(
  options: BalancerOptions<'roundRobin' | 'random'>,
): Balancer<Server, NoParameters>;
/** Creates a balancer of servers with weights. */
export function createBalancer<Server = string>(
  options: BalancerOptions<'weightedRoundRobin' | 'weightedRandom'>,
): Balancer<Server, WeightParameters>;
/** Creates a balancer of servers with priorities. */
export function createBalancer<Server = string>(
  options: BalancerOptions<'priority'>,
): Balancer<Server, PriorityParameters>;
/** Creates a balancer of servers with loads. */
export function createBalancer<Server = string>(
  options: BalancerOptions<'leastUsed' | 'randomizedLeastUsed'>,
): Balancer<Server, LoadParameters>;
/** Creates a balancer of servers with loads, and what one more client adds to them. */
export function createBalancer<Server = string>(
  options: BalancerOptions<LoadDegradationPolicyName>,
): Balancer<Server, LoadDegradationParameters>;
/** Creates a balancer of servers with weights and distances. */
export function createBalancer<Server = string>(
  options: BalancerOptions<'weightedRandomDistance'>,
): Balancer<Server, WeightDistanceParameters>;
/** Creates a balancer of servers with loads and distances. */
export function createBalancer<Server = string>(
  options: BalancerOptions<'leastUsedDistance'>,
): Balancer<Server, LoadDistanceParameters>;
/** Creates a balancer of servers with loads, what one more client adds to them, and distances. */
export function createBalancer<Server = string>(
  options: BalancerOptions<LoadDegradationDistancePolicyName>,
): Balancer<Server, LoadDegradationDistanceParameters>;
export function createBalancer<Server>(options: {
  readonly policy: PolicyName;
  readonly random?: RandomSource;
  readonly maximumIncrement?: number | undefined;
}): Balancer<Server, object> {
  const { policy, random = missingRandom, ...others } = options;
  const selector = createSelector(policy, { ...others, random });
  if (random === missingRandom && isRandomized(policy)) missingRandom();
  return new SlotBalancer<Server, object>(selector);
}

/** There is no default: a pure package has no source of its own, and a fixed seed would send all users to the same server. */
function missingRandom(): never {
  throw new PolicyError(
    'ERR_RSERPOOL_RANDOM_REQUIRED',
    'a randomized policy needs a source of random 32-bit integers: pass random: () => crypto.getRandomValues(new Uint32Array(1))[0]',
    { path: 'random' },
  );
}
