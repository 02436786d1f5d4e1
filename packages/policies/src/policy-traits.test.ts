import { describe, expect, it } from 'vitest';
import { isAdaptive, isDegrading, isPolicyName, isRandomized, policyNames } from './policy-traits.ts';

describe('what is known of policies', () => {
  it('lists the nine of RFC 5356 first, then the private ones', () => {
    expect(policyNames).toHaveLength(18);
    expect(policyNames.slice(0, 9)).toEqual([
      'roundRobin',
      'weightedRoundRobin',
      'random',
      'weightedRandom',
      'priority',
      'leastUsed',
      'leastUsedWithDegradation',
      'priorityLeastUsed',
      'randomizedLeastUsed',
    ]);
  });

  it('calls those of RFC 5356 section 5 adaptive, those of section 4 not', () => {
    expect(policyNames.slice(0, 9).map(isAdaptive)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
    expect(policyNames.slice(9).filter((type) => !isAdaptive(type))).toEqual(['weightedRandomDistance']);
  });

  it('knows which ones draw and which ones count', () => {
    expect(policyNames.filter(isRandomized)).toEqual([
      'random',
      'weightedRandom',
      'randomizedLeastUsed',
      'randomizedPriorityLeastUsed',
      'randomizedLeastUsedWithDegradation',
      'randomizedPriorityLeastUsedWithDegradation',
      'weightedRandomDistance',
    ]);
    expect(policyNames.filter(isDegrading)).toEqual([
      'leastUsedWithDegradation',
      'randomizedLeastUsedWithDegradation',
      'priorityLeastUsedWithDegradation',
      'randomizedPriorityLeastUsedWithDegradation',
      'leastUsedWithDegradationDistance',
      'priorityLeastUsedWithDegradationDistance',
    ]);
  });

  it('tells names from other values', () => {
    expect(isPolicyName('leastUsed')).toBe(true);
    for (const value of ['constructor', 'unknown', 1, undefined]) expect(isPolicyName(value)).toBe(false);
  });
});
