import { fullLoad } from '../load-fraction.ts';
import type { SelectionPolicy } from '../policy-types.ts';

/**
 * The load that an element is judged by before anything was returned since its registration: with what the next
 * client adds for the Priority Least Used family (RFC 5356 section 5.3.2), and with what the distance counts for.
 * It may be above 100 %, and is not capped: among overloaded elements the least overloaded one is still the best.
 */
export function effectiveLoad(policy: SelectionPolicy): number {
  switch (policy.type) {
    case 'leastUsed':
    case 'leastUsedWithDegradation':
    case 'randomizedLeastUsed':
    case 'randomizedLeastUsedWithDegradation':
      return policy.load;
    case 'priorityLeastUsed':
    case 'priorityLeastUsedWithDegradation':
    case 'randomizedPriorityLeastUsed':
    case 'randomizedPriorityLeastUsedWithDegradation':
      return policy.load + policy.loadDegradation;
    case 'leastUsedDistance':
    case 'leastUsedWithDegradationDistance':
      return policy.load + policy.distance * policy.loadDistanceFactor;
    case 'priorityLeastUsedDistance':
    case 'priorityLeastUsedWithDegradationDistance':
      return policy.load + policy.loadDegradation + policy.distance * policy.loadDistanceFactor;
    default:
      return 0;
  }
}

/** What each return of an element adds to its effective load (RFC 5356 section 5.2.2). */
export function loadStep(policy: SelectionPolicy): number {
  return 'loadDegradation' in policy ? policy.loadDegradation : 0;
}

/** What sorted policies order by, smallest first: priorities are negated, since they are reported in decreasing order. */
export function sortKey(policy: SelectionPolicy): number {
  return policy.type === 'priority' ? -policy.priority : effectiveLoad(policy);
}

/** What random policies draw by, before {@link minimumDrawWeight}: the weight, or what is free of the element (RFC 5356 section 5.4.2). */
export function drawWeight(policy: SelectionPolicy): number {
  switch (policy.type) {
    case 'weightedRandom':
      return policy.weight;
    case 'weightedRandomDistance': {
      if (policy.weight === 0) return 0;
      const lost = (policy.weight * policy.distance * policy.weightDistanceFactor) / fullLoad;
      return Math.max(1, policy.weight - Math.round(lost));
    }
    default:
      return fullLoad - effectiveLoad(policy);
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
