import { loadFromFraction } from '../load-fraction.ts';
import { PolicyError } from '../policy-error.ts';
import { assertPolicy } from '../policy-validation.ts';
import { policyParameterNames, type PolicyParameterName } from '../policy-traits.ts';
import type { PolicyName, SelectionPolicy } from '../policy-types.ts';

/** A server has no parameters under this policy. */
export type NoParameters = Record<never, never>;

/** Parameters of a server under a weighted policy. */
export interface WeightParameters {
  /** Capacity relative to the other servers: an integer 0 (cannot serve) .. 0xffffffff. Default 1. */
  readonly weight?: number;
}

/** Parameters of a server under `priority`. */
export interface PriorityParameters {
  /** An integer 0 .. 0xffffffff, larger is preferred. Default 0. */
  readonly priority?: number;
}

/** Parameters of a server under a policy that goes by load. */
export interface LoadParameters {
  /** How much of the server is used, as a fraction 0 .. 1. Default 0. */
  readonly load?: number;
}

/** Parameters of a server under a policy that also knows what one more client costs. */
export interface LoadDegradationParameters extends LoadParameters {
  /** What one more client adds to the load, as a fraction 0 .. 1. */
  readonly loadDegradation: number;
}

/** How far away a server is. */
export interface DistanceParameters {
  /** Milliseconds, an integer 0 .. 0xffffffff. */
  readonly distance: number;
}

/** Parameters of a server under `weightedRandomDistance`. */
export interface WeightDistanceParameters extends WeightParameters, DistanceParameters {
  /** The part of the weight that each millisecond of distance takes away, as a fraction 0 .. 1. */
  readonly weightDistanceFactor: number;
}

/** Parameters of a server under `leastUsedDistance`. */
export interface LoadDistanceParameters extends LoadParameters, DistanceParameters {
  /** The load that each millisecond of distance counts for, as a fraction 0 .. 1. */
  readonly loadDistanceFactor: number;
}

/** Parameters of a server under the other distance policies. */
export interface LoadDegradationDistanceParameters extends LoadDegradationParameters, DistanceParameters {
  /** The load that each millisecond of distance counts for, as a fraction 0 .. 1. */
  readonly loadDistanceFactor: number;
}

/** The values that a balancer keeps of a server, by name. */
export type ParameterValues = Readonly<Partial<Record<PolicyParameterName, number>>>;

const defaults: ParameterValues = { weight: 1, priority: 0, load: 0 };

/** Whether people write this parameter as a fraction of 100 %. */
function isFraction(name: PolicyParameterName): boolean {
  return name === 'load' || name === 'loadDegradation' || name.endsWith('DistanceFactor');
}

/**
 * The policy of RFC 5356 that a server's parameters stand for.
 *
 * @param type - The balancer's policy.
 * @param values - The parameters, loads as fractions.
 * @throws {@link PolicyError} `ERR_RSERPOOL_INVALID_POLICY`; `path` tells the parameter.
 */
export function policyFromParameters(type: PolicyName, values: ParameterValues): SelectionPolicy {
  const policy: Record<string, unknown> = { type };
  for (const name of policyParameterNames(type)) {
    const value = values[name] ?? defaults[name];
    if (value === undefined) {
      throw new PolicyError('ERR_RSERPOOL_INVALID_POLICY', `the policy ${type} needs the parameter ${name}`, {
        path: name,
      });
    }
    policy[name] = isFraction(name) ? wireFraction(name, value) : value;
  }
  assertPolicy(policy);
  return policy;
}

function wireFraction(name: PolicyParameterName, value: number): number {
  try {
    return loadFromFraction(value);
  } catch (cause) {
    throw new PolicyError(
      'ERR_RSERPOOL_INVALID_POLICY',
      `${name} is ${String(value)}, but has to be a fraction from 0 to 1`,
      { cause, path: name },
    );
  }
}
