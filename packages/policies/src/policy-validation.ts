import { PolicyError } from './policy-error.ts';
import { isPolicyName, policyNames, policyParameterNames } from './policy-traits.ts';
import type { PolicyName, SelectionPolicy } from './policy-types.ts';

/** One thing that is wrong with a policy. */
export interface PolicyProblem {
  /** Which value is wrong, for example `policy.weight`. */
  readonly path: string;
  /** What is wrong with it, in words. */
  readonly message: string;
}

function isUnsigned32(value: unknown): value is number {
  return typeof value === 'number' && value === value >>> 0;
}

/**
 * Finds everything that is wrong with a policy, for example with one from a configuration file.
 *
 * @param policy - Anything.
 * @returns The problems; empty where the value is a {@link SelectionPolicy}.
 * @example
 * ```ts
 * import { validatePolicy } from '@rserpool/policies';
 *
 * validatePolicy({ type: 'weightedRoundRobin', weight: -1 });
 * // [{ path: 'policy.weight', message: 'is -1, but has to be an integer from 0 to 0xffffffff' }]
 * ```
 */
export function validatePolicy(policy: unknown): readonly PolicyProblem[] {
  if (typeof policy !== 'object' || policy === null) {
    return [{ path: 'policy', message: 'has to be an object with a type' }];
  }
  const values = policy as Record<string, unknown>;
  const type = values['type'];
  if (!isPolicyName(type)) {
    const message = `is ${String(type)}, but has to be one of ${policyNames.join(', ')}`;
    return [{ path: 'policy.type', message }];
  }
  const problems: PolicyProblem[] = [];
  for (const name of policyParameterNames(type)) {
    const value = values[name];
    if (isUnsigned32(value)) continue;
    const message = `is ${String(value)}, but has to be an integer from 0 to 0xffffffff`;
    problems.push({ path: `policy.${name}`, message });
  }
  return problems;
}

/**
 * Throws where {@link validatePolicy} finds a problem.
 *
 * @param policy - Anything.
 * @throws {@link PolicyError} `ERR_RSERPOOL_INVALID_POLICY`; its `path` is that of the first problem, its message has all.
 */
export function assertPolicy(policy: unknown): asserts policy is SelectionPolicy {
  const problems = validatePolicy(policy);
  const [first] = problems;
  if (first === undefined) return;
  const text = problems.map(({ path, message }) => `${path} ${message}`).join('; ');
  throw new PolicyError('ERR_RSERPOOL_INVALID_POLICY', text, { path: first.path });
}

/**
 * Checks what a selector is given: all elements of a pool have the pool's policy type (RFC 5352 section 3.1),
 * and a value out of range would spoil the order of the others for good.
 */
export function assertPolicyOf(type: PolicyName, policy: SelectionPolicy): void {
  if (policy.type !== type) {
    throw new PolicyError(
      'ERR_RSERPOOL_POLICY_MISMATCH',
      `the pool's policy is ${type}, the element's is ${String(policy.type)}: all elements of a pool have the same type`,
      { path: 'policy.type' },
    );
  }
  if (!isInRange(policy)) assertPolicy(policy);
}

/** Spelled out for each type: every registration comes here, and reading a field by a computed name is slow. */
function isInRange(policy: SelectionPolicy): boolean {
  switch (policy.type) {
    case 'roundRobin':
    case 'random':
      return true;
    case 'weightedRoundRobin':
    case 'weightedRandom':
      return isUnsigned32(policy.weight);
    case 'priority':
      return isUnsigned32(policy.priority);
    case 'leastUsed':
    case 'randomizedLeastUsed':
      return isUnsigned32(policy.load);
    case 'weightedRandomDistance':
      return (
        isUnsigned32(policy.weight) &&
        isUnsigned32(policy.weightDistanceFactor) &&
        isUnsigned32(policy.distance)
      );
    case 'leastUsedDistance':
      return (
        isUnsigned32(policy.load) && isUnsigned32(policy.loadDistanceFactor) && isUnsigned32(policy.distance)
      );
    case 'leastUsedWithDegradationDistance':
    case 'priorityLeastUsedDistance':
    case 'priorityLeastUsedWithDegradationDistance':
      return (
        isUnsigned32(policy.load) &&
        isUnsigned32(policy.loadDegradation) &&
        isUnsigned32(policy.loadDistanceFactor) &&
        isUnsigned32(policy.distance)
      );
    default:
      return isUnsigned32(policy.load) && isUnsigned32(policy.loadDegradation);
  }
}
