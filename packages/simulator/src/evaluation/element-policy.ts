import { loadFromFraction, type PolicyName, type SelectionPolicy } from '@rserpool/policies';
import type { RunParameters } from './parameters.ts';

/** The weight and the priority of an element with the mean capacity. */
const meanWeight = 1000;

/**
 * What an element registers under the policy of its pool: the load is the share of the requests that it may handle at
 * once, one more adds one of these, and weight and priority follow its capacity.
 *
 * @param parameters - The parameters of the run.
 * @param capacity - The element's capacity, in calculations a second.
 * @param jobs - How many requests it handles.
 */
export function elementPolicy(parameters: RunParameters, capacity: number, jobs: number): SelectionPolicy {
  const { policy, maxRequests, capacityMean, delay } = parameters;
  const type = `${policy.charAt(0).toLowerCase()}${policy.slice(1)}` as PolicyName;
  const load = loadFromFraction(Math.min(1, jobs / maxRequests));
  const loadDegradation = loadFromFraction(1 / maxRequests);
  const weight = Math.max(1, Math.round((meanWeight * capacity) / capacityMean));
  const distance = Math.ceil(delay);
  // A second of distance counts as much as a full element.
  const perMillisecond = loadFromFraction(0.001);
  switch (type) {
    case 'roundRobin':
    case 'random':
      return { type };
    case 'weightedRoundRobin':
    case 'weightedRandom':
      return { type, weight };
    case 'priority':
      return { type, priority: weight };
    case 'leastUsed':
    case 'randomizedLeastUsed':
      return { type, load };
    case 'weightedRandomDistance':
      return { type, weight, weightDistanceFactor: perMillisecond, distance };
    case 'leastUsedDistance':
      return { type, load, loadDistanceFactor: perMillisecond, distance };
    case 'leastUsedWithDegradationDistance':
    case 'priorityLeastUsedDistance':
    case 'priorityLeastUsedWithDegradationDistance':
      return { type, load, loadDegradation, loadDistanceFactor: perMillisecond, distance };
    default:
      return { type, load, loadDegradation };
  }
}
