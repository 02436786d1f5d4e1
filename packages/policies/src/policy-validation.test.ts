import { describe, expect, it } from 'vitest';
import { PolicyError } from './policy-error.ts';
import { policyNames, policyParameterNames } from './policy-traits.ts';
import { assertPolicy, validatePolicy } from './policy-validation.ts';
import { samplePolicy } from './testing/sample-policy.fixture.ts';

describe('validation of policies', () => {
  it.each(policyNames)('accepts %s with parameters of 32 bits', (type) => {
    for (const value of [0, 1, 0x80000000, 0xffffffff]) {
      expect(validatePolicy(samplePolicy(type, value))).toEqual([]);
    }
  });

  it.each(policyNames)('names each parameter of %s that is wrong', (type) => {
    for (const value of [-1, 0.5, 2 ** 32, Number.NaN, Infinity]) {
      const paths = validatePolicy(samplePolicy(type, value)).map(({ path }) => path);
      expect(paths).toEqual(policyParameterNames(type).map((name) => `policy.${name}`));
    }
    expect(validatePolicy({ type })).toHaveLength(policyParameterNames(type).length);
  });

  it('accepts no other type and no other value', () => {
    for (const value of [undefined, null, 'roundRobin', 1]) {
      expect(validatePolicy(value).map(({ path }) => path)).toEqual(['policy']);
    }
    for (const type of [undefined, 'toString', 'RoundRobin']) {
      expect(validatePolicy({ type }).map(({ path }) => path)).toEqual(['policy.type']);
    }
  });

  it('throws all problems as one error with the path of the first', () => {
    const policy = { type: 'leastUsedWithDegradation', load: 2, loadDegradation: -3 };
    expect(() => assertPolicy(policy)).toThrow(PolicyError);
    expect(() => assertPolicy(policy)).toThrow(
      expect.objectContaining({ code: 'ERR_RSERPOOL_INVALID_POLICY', path: 'policy.loadDegradation' }),
    );
    expect(() => assertPolicy({ type: 'leastUsedDistance' })).toThrow(/policy\.load .*; policy\.distance /);
    expect(() => assertPolicy({ type: 'random' })).not.toThrow();
  });
});
