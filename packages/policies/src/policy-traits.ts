import type { PolicyName } from './policy-types.ts';

/** The name of a parameter that policies carry. */
export type PolicyParameterName =
  | 'weight'
  | 'priority'
  | 'load'
  | 'loadDegradation'
  | 'weightDistanceFactor'
  | 'loadDistanceFactor'
  | 'distance';

/** What distinguishes a policy from the others. */
interface PolicyTraits {
  /** Whether it uses load information (RFC 5356 section 5) rather than constants (section 4). */
  readonly adaptive: boolean;
  /** Whether a selection draws random numbers. */
  readonly randomized: boolean;
  /** Whether a selection raises the degradation counters (RFC 5356 section 5.2.2). */
  readonly degrading: boolean;
  /** The parameters that an element has under it. */
  readonly parameters: readonly PolicyParameterName[];
}

const load: readonly PolicyParameterName[] = ['load'];
const loads: readonly PolicyParameterName[] = ['load', 'loadDegradation'];
const loadsAndDistance: readonly PolicyParameterName[] = [
  'load',
  'loadDegradation',
  'loadDistanceFactor',
  'distance',
];

const traits: Readonly<Record<PolicyName, PolicyTraits>> = {
  roundRobin: { adaptive: false, randomized: false, degrading: false, parameters: [] },
  weightedRoundRobin: { adaptive: false, randomized: false, degrading: false, parameters: ['weight'] },
  random: { adaptive: false, randomized: true, degrading: false, parameters: [] },
  weightedRandom: { adaptive: false, randomized: true, degrading: false, parameters: ['weight'] },
  priority: { adaptive: false, randomized: false, degrading: false, parameters: ['priority'] },
  leastUsed: { adaptive: true, randomized: false, degrading: false, parameters: load },
  leastUsedWithDegradation: { adaptive: true, randomized: false, degrading: true, parameters: loads },
  priorityLeastUsed: { adaptive: true, randomized: false, degrading: false, parameters: loads },
  randomizedLeastUsed: { adaptive: true, randomized: true, degrading: false, parameters: load },
  randomizedPriorityLeastUsed: { adaptive: true, randomized: true, degrading: false, parameters: loads },
  randomizedLeastUsedWithDegradation: {
    adaptive: true,
    randomized: true,
    degrading: true,
    parameters: loads,
  },
  priorityLeastUsedWithDegradation: { adaptive: true, randomized: false, degrading: true, parameters: loads },
  randomizedPriorityLeastUsedWithDegradation: {
    adaptive: true,
    randomized: true,
    degrading: true,
    parameters: loads,
  },
  weightedRandomDistance: {
    adaptive: false,
    randomized: true,
    degrading: false,
    parameters: ['weight', 'weightDistanceFactor', 'distance'],
  },
  leastUsedDistance: {
    adaptive: true,
    randomized: false,
    degrading: false,
    parameters: ['load', 'loadDistanceFactor', 'distance'],
  },
  leastUsedWithDegradationDistance: {
    adaptive: true,
    randomized: false,
    degrading: true,
    parameters: loadsAndDistance,
  },
  priorityLeastUsedDistance: {
    adaptive: true,
    randomized: false,
    degrading: false,
    parameters: loadsAndDistance,
  },
  priorityLeastUsedWithDegradationDistance: {
    adaptive: true,
    randomized: false,
    degrading: true,
    parameters: loadsAndDistance,
  },
};

/** The names of all policies: the nine of RFC 5356 in its order, then the reference implementation's private ones. */
export const policyNames: readonly PolicyName[] = Object.keys(traits) as PolicyName[];

/**
 * Tells whether a text names a policy.
 *
 * @param name - Anything, for example from a configuration file.
 */
export function isPolicyName(name: unknown): name is PolicyName {
  return typeof name === 'string' && Object.hasOwn(traits, name);
}

/**
 * Tells whether a policy is adaptive: it uses load information (RFC 5356 section 5), so that an element whose
 * load changed has to register again.
 *
 * @param type - Which policy.
 */
export function isAdaptive(type: PolicyName): boolean {
  return traits[type].adaptive;
}

/**
 * Tells whether selections by a policy draw random numbers, and so need a good random source.
 *
 * @param type - Which policy.
 */
export function isRandomized(type: PolicyName): boolean {
  return traits[type].randomized;
}

/**
 * Tells whether a policy counts the returned elements in a degradation counter (RFC 5356 section 5.2.2).
 *
 * @param type - Which policy.
 */
export function isDegrading(type: PolicyName): boolean {
  return traits[type].degrading;
}

/**
 * The parameters that a pool element has under a policy, in the order of the wire format.
 *
 * @param type - Which policy.
 */
export function policyParameterNames(type: PolicyName): readonly PolicyParameterName[] {
  return traits[type].parameters;
}
