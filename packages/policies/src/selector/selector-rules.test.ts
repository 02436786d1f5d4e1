import { describe, expect, it } from 'vitest';
import { policyNames, policyParameterNames } from '../policy-traits.ts';
import type { PolicyName } from '../policy-types.ts';
import { samplePolicy } from '../testing/sample-policy.fixture.ts';
import { seededRandom } from '../testing/seeded-random.fixture.ts';
import { selectFrom } from '../testing/select.fixture.ts';
import { createSelector } from './create-selector.ts';
import type { Selector } from './selector.ts';

function poolOf(type: PolicyName, slots: readonly number[]): Selector {
  const selector = createSelector(type, { random: seededRandom(1) });
  for (const slot of slots) selector.add(slot, samplePolicy(type, 1));
  return selector;
}

describe.each(policyNames)('selector of %s', (type) => {
  it('has the policy as its type, and nothing in it', () => {
    const selector = poolOf(type, []);
    expect(selector.type).toBe(type);
    expect(selector.size).toBe(0);
    expect(selectFrom(selector, 5)).toEqual([]);
  });

  it('selects distinct elements, as many as asked for or as there are', () => {
    const slots = [0x7fffffff, 3, 1_000_000, 0, 77];
    const selector = poolOf(type, slots);
    for (const count of [0, 1, 3, 5, 9, Infinity]) {
      const answer = selectFrom(selector, count);
      expect(answer).toHaveLength(Math.min(count, 5));
      expect(new Set(answer).size).toBe(answer.length);
      for (const slot of answer) expect(slots).toContain(slot);
    }
  });

  it('selects nothing, and advances nothing, for a count below 1', () => {
    const [first, second] = [poolOf(type, [1, 2, 3]), poolOf(type, [1, 2, 3])];
    for (const count of [0, -1, -Infinity, Number.NaN]) expect(first.select(count, [])).toBe(0);
    for (let request = 0; request < 5; request++) expect(selectFrom(first, 2)).toEqual(selectFrom(second, 2));
  });

  it('writes from index 0 on, and leaves what lies behind', () => {
    const into = [-1, -2, -3, -4];
    expect(poolOf(type, [5, 6]).select(9, into)).toBe(2);
    expect(new Set(into.slice(0, 2))).toEqual(new Set([5, 6]));
    expect(into.slice(2)).toEqual([-3, -4]);
  });

  it('gives the slot of an element that left to the next one', () => {
    const selector = poolOf(type, [1, 2]);
    selector.remove(1);
    expect(selector.has(1)).toBe(false);
    expect(selectFrom(selector, 9)).toEqual([2]);
    selector.add(1, samplePolicy(type, 1));
    expect(selector.has(1)).toBe(true);
    expect(new Set(selectFrom(selector, 9))).toEqual(new Set([1, 2]));
    for (const slot of [1, 2]) selector.remove(slot);
    expect(selectFrom(selector, 9)).toEqual([]);
  });

  it('refuses what it does not know or knows already, and stays as it was', () => {
    const selector = poolOf(type, [1, 2, 3]);
    const policy = samplePolicy(type, 1);
    const other = samplePolicy(type === 'random' ? 'roundRobin' : 'random', 1);
    expect(() => selector.add(2, policy)).toThrow('ERR_RSERPOOL_DUPLICATE_SLOT');
    expect(() => selector.update(4, policy)).toThrow('ERR_RSERPOOL_UNKNOWN_SLOT');
    expect(() => selector.remove(4)).toThrow('ERR_RSERPOOL_UNKNOWN_SLOT');
    expect(() => selector.add(-1, policy)).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
    expect(() => selector.add(1.5, policy)).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
    expect(() => selector.add(4, other)).toThrow('ERR_RSERPOOL_POLICY_MISMATCH');
    expect(() => selector.update(1, other)).toThrow('ERR_RSERPOOL_POLICY_MISMATCH');
    const untouched = poolOf(type, [1, 2, 3]);
    expect(selector.size).toBe(3);
    for (let request = 0; request < 5; request++)
      expect(selectFrom(selector, 2)).toEqual(selectFrom(untouched, 2));
  });

  it.each(policyParameterNames(type))('refuses a %s that would spoil the order', (name) => {
    const selector = poolOf(type, [1]);
    const policy = { ...samplePolicy(type, 1), [name]: Number.NaN };
    expect(() => selector.add(2, policy)).toThrow(
      expect.objectContaining({ code: 'ERR_RSERPOOL_INVALID_POLICY', path: `policy.${name}` }),
    );
    expect(() => selector.update(1, policy)).toThrow('ERR_RSERPOOL_INVALID_POLICY');
    expect(selector.size).toBe(1);
  });

  it('is the same for the same random numbers', () => {
    const [first, second] = [poolOf(type, [1, 2, 3, 4]), poolOf(type, [1, 2, 3, 4])];
    for (let request = 0; request < 20; request++)
      expect(selectFrom(first, 3)).toEqual(selectFrom(second, 3));
  });

  it('refuses a maximumIncrement that counts nothing', () => {
    for (const maximumIncrement of [0, -1, 1.5, Number.NaN]) {
      expect(() => createSelector(type, { random: seededRandom(1), maximumIncrement })).toThrow(
        expect.objectContaining({ code: 'ERR_RSERPOOL_INVALID_ARGUMENT', path: 'maximumIncrement' }),
      );
    }
  });
});

describe('selectors', () => {
  it('exist for known policies only', () => {
    const name = 'fastest' as PolicyName;
    expect(() => createSelector(name, { random: seededRandom(1) })).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
  });
});
