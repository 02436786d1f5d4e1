import {
  assertPolicy,
  loadFromFraction,
  type PolicyName,
  policyNames,
  type PolicyParameterName,
  policyParameterNames,
  type SelectionPolicy,
} from '@rserpool/policies';
import { InvalidArgumentError } from 'commander';

/** The reference's names that are not ours in capital letters. */
const referenceNames: Readonly<Record<string, PolicyName>> = {
  leastuseddegradation: 'leastUsedWithDegradation',
  leastuseddpf: 'leastUsedDistance',
  leastuseddegradationdpf: 'leastUsedWithDegradationDistance',
  weightedrandomdpf: 'weightedRandomDistance',
  priorityleastuseddegradation: 'priorityLeastUsedWithDegradation',
};

/** What is given behind the name, in this order, as help texts call it. Loads are measured, distances begin with 0. */
const given: readonly (readonly [PolicyParameterName, string])[] = [
  ['weight', 'WEIGHT'],
  ['priority', 'PRIORITY'],
  ['loadDegradation', 'DEGRADATION'],
  ['weightDistanceFactor', 'FACTOR'],
  ['loadDistanceFactor', 'FACTOR'],
];

/** The forms that {@link parsePolicy} takes, for help texts. */
export const policyForms: readonly string[] = policyNames.map(formOf);

/**
 * A pool member selection policy with what belongs to it, as `weightedRoundRobin:5` or `leastUsedWithDegradation:0.1`.
 * Names are ours or those of the reference, in whatever case; loads and distances begin with 0.
 *
 * @param text - The name, and behind colons: weight and priority (32 bits), degradation and distance factors (0 to 1).
 * @throws InvalidArgumentError for anything else.
 */
export function parsePolicy(text: string): SelectionPolicy {
  const [name = '', ...values] = text.split(':');
  const type = policyNamed(name);
  const parameters = parametersOf(type);
  if (values.length > parameters.length || values.length < requiredOf(parameters)) {
    const forms = [type, ...parameters.map((parameter) => parameter.toUpperCase())].join(':');
    throw new InvalidArgumentError(
      `'${text}' does not have what belongs to the policy; allowed is ${forms}.`,
    );
  }
  const numbers: Partial<Record<PolicyParameterName, number>> = {};
  for (const parameter of policyParameterNames(type)) {
    const index = parameters.indexOf(parameter);
    numbers[parameter] = index === -1 ? 0 : parameterFrom(parameter, values[index] ?? '0');
  }
  const policy: unknown = { type, ...numbers };
  assertPolicy(policy);
  return policy;
}

function policyNamed(name: string): PolicyName {
  const folded = name.toLowerCase();
  const own = policyNames.find((candidate) => candidate.toLowerCase() === folded) ?? referenceNames[folded];
  if (own !== undefined) return own;
  throw new InvalidArgumentError(`'${name}' is no policy; allowed is ${policyForms.join(', ')}.`);
}

function parametersOf(type: PolicyName): readonly PolicyParameterName[] {
  const names = policyParameterNames(type);
  return given.map(([parameter]) => parameter).filter((parameter) => names.includes(parameter));
}

function formOf(type: PolicyName): string {
  const names = policyParameterNames(type);
  const values = given.filter(([parameter]) => names.includes(parameter)).map(([, form]) => form);
  return [type, ...values].join(':');
}

/** Weights and priorities have no sensible default; factors have 0. */
function requiredOf(parameters: readonly PolicyParameterName[]): number {
  return parameters.filter((parameter) => parameter === 'weight' || parameter === 'priority').length;
}

function parameterFrom(parameter: PolicyParameterName, text: string): number {
  const isFraction = parameter !== 'weight' && parameter !== 'priority';
  const value = /^\d+(?:\.\d+)?$/u.test(text) ? Number(text) : NaN;
  if (isFraction && value >= 0 && value <= 1) return loadFromFraction(value);
  if (!isFraction && Number.isInteger(value) && value <= 0xffffffff) return value;
  const range = isFraction ? '0 to 1' : '0 to 4294967295';
  throw new InvalidArgumentError(`'${text}' is no ${parameter}; allowed is ${range}.`);
}
