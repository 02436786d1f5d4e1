import { fullLoad } from '../load-fraction.ts';
import type {
  LeastUsedDistancePolicy,
  LeastUsedPolicy,
  LoadDegradationDistancePolicy,
  LoadDegradationPolicy,
  PolicyName,
  PriorityPolicy,
  SelectionPolicy,
  WeightedRandomDistancePolicy,
  WeightedRandomPolicy,
} from '../policy-types.ts';

/*
 * The numbers that a pool goes by. The type is that of the pool, which the policy of each element has: asking each
 * policy for its own is slow where there are pools of several types, since policies have several shapes. For the same
 * reason each line here meets policies of one shape.
 */

/**
 * The load that an element is judged by before anything was returned since its registration: with what the next
 * client adds for the Priority Least Used family (RFC 5356 section 5.3.2), and with what the distance counts for.
 * It may be above 100 %, and is not capped: among overloaded elements the least overloaded one is still the best.
 */
function effectiveLoad(type: PolicyName, policy: SelectionPolicy): number {
  switch (type) {
    case 'leastUsed':
    case 'randomizedLeastUsed':
      return (policy as LeastUsedPolicy).load;
    case 'leastUsedWithDegradation':
    case 'randomizedLeastUsedWithDegradation':
      return (policy as LoadDegradationPolicy).load;
    case 'priorityLeastUsed':
    case 'priorityLeastUsedWithDegradation':
    case 'randomizedPriorityLeastUsed':
    case 'randomizedPriorityLeastUsedWithDegradation': {
      const { load, loadDegradation } = policy as LoadDegradationPolicy;
      return load + loadDegradation;
    }
    case 'leastUsedDistance':
    case 'leastUsedWithDegradationDistance': {
      const { load, distance, loadDistanceFactor } = policy as LeastUsedDistancePolicy;
      return load + distance * loadDistanceFactor;
    }
    case 'priorityLeastUsedDistance':
    case 'priorityLeastUsedWithDegradationDistance': {
      const { load, loadDegradation, distance, loadDistanceFactor } = policy as LoadDegradationDistancePolicy;
      return load + loadDegradation + distance * loadDistanceFactor;
    }
    default:
      return 0;
  }
}

/** What each return of an element of a degrading policy adds to its effective load (RFC 5356 section 5.2.2). */
export function loadStep(policy: SelectionPolicy): number {
  return (policy as LoadDegradationPolicy).loadDegradation;
}

/** What sorted policies order by, smallest first: priorities are negated, since they are reported in decreasing order. */
export function sortKey(type: PolicyName, policy: SelectionPolicy): number {
  return type === 'priority' ? -(policy as PriorityPolicy).priority : effectiveLoad(type, policy);
}

/** What random policies draw by, before {@link minimumDrawWeight}: the weight, or what is free of the element (RFC 5356 section 5.4.2). */
export function drawWeight(type: PolicyName, policy: SelectionPolicy): number {
  switch (type) {
    case 'weightedRandom':
      return (policy as WeightedRandomPolicy).weight;
    case 'weightedRandomDistance': {
      const { weight, distance, weightDistanceFactor } = policy as WeightedRandomDistancePolicy;
      if (weight === 0) return 0;
      return Math.max(1, weight - Math.round((weight * distance * weightDistanceFactor) / fullLoad));
    }
    default:
      return fullLoad - effectiveLoad(type, policy);
  }
}

/**
 * The smallest weight that a load can lead to. RFC 5356 section 5.4.1 gives a fully loaded element the
 * probability 0; the private policies can go beyond full load, and keep such an element as a last resort.
 */
export function minimumDrawWeight(type: SelectionPolicy['type']): number {
  switch (type) {
    case 'randomizedPriorityLeastUsed':
    case 'randomizedLeastUsedWithDegradation':
    case 'randomizedPriorityLeastUsedWithDegradation':
      return 1;
    default:
      return 0;
  }
}
