import { policyNames, validatePolicy } from '@rserpool/policies';
import { describe, expect, it } from 'vitest';
import { parsePolicy, policyForms } from './policy-option.ts';

describe('the option --policy', () => {
  it.each([
    ['roundRobin', { type: 'roundRobin' }],
    ['RoundRobin', { type: 'roundRobin' }],
    ['WeightedRoundRobin:5', { type: 'weightedRoundRobin', weight: 5 }],
    ['priority:4294967295', { type: 'priority', priority: 0xffffffff }],
    ['leastUsed', { type: 'leastUsed', load: 0 }],
    [
      'leastUsedWithDegradation:0.5',
      { type: 'leastUsedWithDegradation', load: 0, loadDegradation: 0x80000000 },
    ],
    ['LeastUsedDegradation', { type: 'leastUsedWithDegradation', load: 0, loadDegradation: 0 }],
    ['LeastUsedDPF:1', { type: 'leastUsedDistance', load: 0, loadDistanceFactor: 0xffffffff, distance: 0 }],
    [
      'weightedRandomDistance:7:0',
      { type: 'weightedRandomDistance', weight: 7, weightDistanceFactor: 0, distance: 0 },
    ],
  ])('takes %s', (text, policy) => {
    expect(parsePolicy(text)).toEqual(policy);
  });

  it('takes every policy that there is, in the form that the help shows', () => {
    expect(policyForms).toHaveLength(policyNames.length);
    for (const form of policyForms) {
      const text = form.replace(/WEIGHT|PRIORITY/gu, '3').replace(/DEGRADATION|FACTOR/gu, '0.25');
      expect(validatePolicy(parsePolicy(text))).toEqual([]);
    }
  });

  it.each([
    ['', /is no policy; allowed is roundRobin, /u],
    ['fairest', /is no policy/u],
    ['weightedRoundRobin', /allowed is weightedRoundRobin:WEIGHT/u],
    ['roundRobin:5', /allowed is roundRobin\./u],
    ['weightedRoundRobin:-1', /is no weight; allowed is 0 to 4294967295/u],
    ['weightedRoundRobin:4294967296', /is no weight/u],
    ['leastUsedWithDegradation:2', /is no loadDegradation; allowed is 0 to 1/u],
  ])('refuses %j and says what is allowed', (text, message) => {
    expect(() => parsePolicy(text)).toThrow(message);
  });
});
