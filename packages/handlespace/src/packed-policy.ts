import type { PolicyParameter, SelectionPolicy } from '@rserpool/wire';

/** The code of a policy type is its place here. */
const types: readonly SelectionPolicy['type'][] = [
  'roundRobin',
  'weightedRoundRobin',
  'random',
  'weightedRandom',
  'priority',
  'leastUsed',
  'leastUsedWithDegradation',
  'priorityLeastUsed',
  'randomizedLeastUsed',
  'randomizedPriorityLeastUsed',
  'randomizedLeastUsedWithDegradation',
  'priorityLeastUsedWithDegradation',
  'randomizedPriorityLeastUsedWithDegradation',
  'weightedRandomDistance',
  'leastUsedDistance',
  'leastUsedWithDegradationDistance',
  'priorityLeastUsedDistance',
  'priorityLeastUsedWithDegradationDistance',
];

/** How many values a policy has, by code. */
const counts: readonly number[] = [0, 1, 0, 1, 1, 1, 2, 2, 1, 2, 2, 2, 2, 3, 3, 4, 4, 4];

/** The code of a policy's type, or -1. */
export function policyCode(policy: PolicyParameter): number {
  return types.indexOf(policy.type as SelectionPolicy['type']);
}

/** How many words a policy takes. */
export function policyWords(code: number): number {
  return counts[code] as number;
}

/**
 * Writes the values of a policy that a selection has accepted: all of them are 32 bits.
 *
 * @returns Where the next word goes.
 */
export function packPolicy(code: number, policy: SelectionPolicy, into: Int32Array, start: number): number {
  switch (policy.type) {
    case 'roundRobin':
    case 'random':
      break;
    case 'weightedRoundRobin':
    case 'weightedRandom':
      into[start] = policy.weight;
      break;
    case 'priority':
      into[start] = policy.priority;
      break;
    case 'weightedRandomDistance':
      into[start] = policy.weight;
      into[start + 1] = policy.weightDistanceFactor;
      into[start + 2] = policy.distance;
      break;
    case 'leastUsed':
    case 'randomizedLeastUsed':
      into[start] = policy.load;
      break;
    case 'leastUsedDistance':
      into[start] = policy.load;
      into[start + 1] = policy.loadDistanceFactor;
      into[start + 2] = policy.distance;
      break;
    case 'leastUsedWithDegradationDistance':
    case 'priorityLeastUsedDistance':
    case 'priorityLeastUsedWithDegradationDistance':
      into[start] = policy.load;
      into[start + 1] = policy.loadDegradation;
      into[start + 2] = policy.loadDistanceFactor;
      into[start + 3] = policy.distance;
      break;
    default:
      into[start] = policy.load;
      into[start + 1] = policy.loadDegradation;
  }
  return start + (counts[code] as number);
}

/** Makes a policy of its values. */
export function unpackPolicy(code: number, words: Int32Array, start: number): SelectionPolicy {
  const type = types[code] as SelectionPolicy['type'];
  const first = (words[start] as number) >>> 0;
  switch (type) {
    case 'roundRobin':
    case 'random':
      return { type };
    case 'weightedRoundRobin':
    case 'weightedRandom':
      return { type, weight: first };
    case 'priority':
      return { type, priority: first };
    case 'weightedRandomDistance':
      return {
        type,
        weight: first,
        weightDistanceFactor: at(words, start + 1),
        distance: at(words, start + 2),
      };
    case 'leastUsed':
    case 'randomizedLeastUsed':
      return { type, load: first };
    case 'leastUsedDistance':
      return { type, load: first, loadDistanceFactor: at(words, start + 1), distance: at(words, start + 2) };
    case 'leastUsedWithDegradationDistance':
    case 'priorityLeastUsedDistance':
    case 'priorityLeastUsedWithDegradationDistance':
      return {
        type,
        load: first,
        loadDegradation: at(words, start + 1),
        loadDistanceFactor: at(words, start + 2),
        distance: at(words, start + 3),
      };
    default:
      return { type, load: first, loadDegradation: at(words, start + 1) };
  }
}

function at(words: Int32Array, index: number): number {
  return (words[index] as number) >>> 0;
}
