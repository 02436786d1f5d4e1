import { policyParameterNames } from '../policy-traits.ts';
import type { PolicyName, SelectionPolicy } from '../policy-types.ts';

/** A policy of any type, whose parameters take the given numbers in turn. */
export function samplePolicy(type: PolicyName, ...values: readonly number[]): SelectionPolicy {
  const names = policyParameterNames(type);
  const parameters = names.map((name, index) => [name, values[index % values.length] ?? 1]);
  return { type, ...Object.fromEntries(parameters) } as SelectionPolicy;
}
