/**
 * The server selection policies of RFC 5356, for the registrar, for the pool user, and for any list of servers.
 *
 * @packageDocumentation
 */
export type { AddArguments, Balancer } from './balancer/balancer.ts';
export {
  type BalancerOptions,
  type BalancerPolicyOptions,
  createBalancer,
  type LoadDegradationDistancePolicyName,
  type LoadDegradationPolicyName,
  type RandomizedPolicyName,
} from './balancer/create-balancer.ts';
export type {
  DistanceParameters,
  LoadDegradationDistanceParameters,
  LoadDegradationParameters,
  LoadDistanceParameters,
  LoadParameters,
  NoParameters,
  PriorityParameters,
  WeightDistanceParameters,
  WeightParameters,
} from './balancer/server-parameters.ts';
export { fractionFromLoad, fullLoad, loadFromFraction } from './load-fraction.ts';
export { PolicyError, type PolicyErrorCode, type PolicyErrorOptions } from './policy-error.ts';
export {
  isAdaptive,
  isDegrading,
  isPolicyName,
  isRandomized,
  policyNames,
  type PolicyParameterName,
  policyParameterNames,
} from './policy-traits.ts';
export type {
  LeastUsedDistancePolicy,
  LeastUsedPolicy,
  LoadDegradationDistancePolicy,
  LoadDegradationPolicy,
  PolicyName,
  PriorityPolicy,
  RandomPolicy,
  RoundRobinPolicy,
  SelectionPolicy,
  WeightedRandomDistancePolicy,
  WeightedRandomPolicy,
  WeightedRoundRobinPolicy,
} from './policy-types.ts';
export { assertPolicy, type PolicyProblem, validatePolicy } from './policy-validation.ts';
export { createPoolUserSelector } from './pool-user/create-pool-user-selector.ts';
export type {
  NextOptions,
  PoolUserItem,
  PoolUserSelector,
  PoolUserSelectorOptions,
} from './pool-user/pool-user-selector.ts';
export type { RandomSource } from './random-source.ts';
export { createSelector } from './selector/create-selector.ts';
export type { Selector, SelectorOptions } from './selector/selector.ts';
