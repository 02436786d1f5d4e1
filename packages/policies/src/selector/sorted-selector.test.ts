import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDegrading } from '../policy-traits.ts';
import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import { NaiveSortedPool } from '../testing/naive-sorted-pool.fixture.ts';
import { samplePolicy } from '../testing/sample-policy.fixture.ts';
import { firstChoices, selectFrom } from '../testing/select.fixture.ts';
import { createSelector } from './create-selector.ts';
import type { Selector } from './selector.ts';

const random = (): number => 0;
const full = 0xffffffff;

/** The rules of RFC 5356 and of the reference's private policies, as formulas. */
type Values = Record<'load' | 'loadDegradation' | 'loadDistanceFactor' | 'distance' | 'priority', number>;
const rules: Partial<Record<PolicyName, (values: Values, returned: number) => number>> = {
  priority: ({ priority }) => -priority,
  leastUsed: ({ load }) => load,
  leastUsedWithDegradation: ({ load, loadDegradation }, returned) => load + returned * loadDegradation,
  priorityLeastUsed: ({ load, loadDegradation }) => load + loadDegradation,
  priorityLeastUsedWithDegradation: ({ load, loadDegradation }, returned) =>
    load + loadDegradation + returned * loadDegradation,
  leastUsedDistance: ({ load, distance, loadDistanceFactor }) => load + distance * loadDistanceFactor,
  leastUsedWithDegradationDistance: ({ load, loadDegradation, distance, loadDistanceFactor }, returned) =>
    load + distance * loadDistanceFactor + returned * loadDegradation,
  priorityLeastUsedDistance: ({ load, loadDegradation, distance, loadDistanceFactor }) =>
    load + distance * loadDistanceFactor + loadDegradation,
  priorityLeastUsedWithDegradationDistance: (
    { load, loadDegradation, distance, loadDistanceFactor },
    returned,
  ) => load + distance * loadDistanceFactor + loadDegradation + returned * loadDegradation,
};
const types = Object.keys(rules) as PolicyName[];

function ruleOf(type: PolicyName): (policy: SelectionPolicy, returned: number) => number {
  return (policy, returned) => rules[type]!(policy as unknown as Values, returned);
}

function poolOf(type: PolicyName, ...parameters: readonly (readonly number[])[]): Selector {
  const selector = createSelector(type, { random });
  parameters.forEach((values, slot) => selector.add(slot, samplePolicy(type, ...values)));
  return selector;
}

const value = fc.oneof({ weight: 4, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(full) });
const values = fc.array(value, { minLength: 4, maxLength: 4 });
const kind = fc.constantFrom('select', 'select', 'toggle', 'toggle', 'update');
/** Few elements and many: pools of these two sizes are kept in different ways. */
const steps = fc
  .constantFrom(12, 130)
  .chain((slots) => fc.array(fc.tuple(kind, fc.nat(slots), values), { maxLength: slots * 5, size: 'max' }));
const increment = fc.constantFrom(undefined, 1, 2, 5, Infinity);

describe('sorted policies against a list that is sorted anew', () => {
  it.each(types)('%s', (type) => {
    fc.assert(
      fc.property(steps, increment, (steps, maximumIncrement) => {
        const options = maximumIncrement === undefined ? { random } : { random, maximumIncrement };
        const selector = createSelector(type, options);
        const naive = new NaiveSortedPool(ruleOf(type), maximumIncrement);
        const expected = (count: number): number[] =>
          isDegrading(type) ? naive.selectAndDegrade(count) : naive.select(count);
        for (const [kind, slot, numbers] of steps) {
          const policy = samplePolicy(type, ...numbers);
          const present = naive.slots().includes(slot);
          if (kind === 'select') expect(selectFrom(selector, slot)).toEqual(expected(slot));
          if (kind === 'toggle' && present) {
            selector.remove(slot);
            naive.remove(slot);
          } else if (kind === 'toggle') {
            selector.add(slot, policy);
            naive.add(slot, policy);
          } else if (kind === 'update' && present) {
            selector.update(slot, policy);
            naive.update(slot, policy);
          }
        }
        expect(selectFrom(selector, Infinity)).toEqual(expected(Infinity));
      }),
      { numRuns: 60 },
    );
  });
});

describe('priority (RFC 5356 section 4.5.2)', () => {
  it('reports the highest priorities in decreasing order', () => {
    const selector = poolOf('priority', [5], [0], [full], [7]);
    expect(selectFrom(selector, 3)).toEqual([2, 3, 0]);
    expect(selectFrom(selector, 1)).toEqual([2]);
  });

  it('takes turns among the highest', () => {
    expect(firstChoices(poolOf('priority', [9], [1], [9], [9]), 2, 300)).toEqual([100, 0, 100, 100]);
  });
});

describe('least used (RFC 5356 section 5.1.2)', () => {
  it('reports the lowest loads in ascending order', () => {
    const selector = poolOf('leastUsed', [50], [full], [0], [20]);
    expect(selectFrom(selector, 3)).toEqual([2, 3, 0]);
    expect(selectFrom(selector, Infinity)).toEqual([2, 3, 0, 1]);
  });

  it('does round robin among equals, also among those that compete for the last places', () => {
    const selector = poolOf('leastUsed', [10], [30], [30], [30]);
    expect(selectFrom(selector, 2)).toEqual([0, 1]);
    expect(selectFrom(selector, 2)).toEqual([0, 2]);
    expect(selectFrom(selector, 2)).toEqual([0, 3]);
    expect(selectFrom(selector, 3)).toEqual([0, 1, 2]);
    expect(selectFrom(selector, 3)).toEqual([0, 2, 3]);
  });

  it('advances by one element a request, and not by one a returned element', () => {
    const selector = poolOf('leastUsed', [1], [1], [1], [1]);
    expect(selectFrom(selector, 2)).toEqual([0, 1]);
    expect(selectFrom(selector, 2)).toEqual([1, 2]);
    expect(selectFrom(selector, 4)).toEqual([2, 3, 0, 1]);
  });

  it('keeps the turn of an element that registers again with the same load', () => {
    const selector = poolOf('leastUsed', [1], [1], [1]);
    selectFrom(selector, 1);
    for (const slot of [1, 0, 1]) selector.update(slot, samplePolicy('leastUsed', 1));
    expect(selectFrom(selector, 3)).toEqual([1, 2, 0]);
  });

  it('puts an element that registers again with another load behind its new equals', () => {
    const selector = poolOf('leastUsed', [1], [1], [1], [5]);
    selectFrom(selector, 1);
    selector.update(3, samplePolicy('leastUsed', 1));
    selector.update(1, samplePolicy('leastUsed', 9));
    selector.update(1, samplePolicy('leastUsed', 1));
    expect(selectFrom(selector, 4)).toEqual([2, 0, 3, 1]);
  });

  it('serves whoever waits although others keep coming to the group', () => {
    const selector = poolOf('leastUsed', ...Array.from({ length: 100 }, () => [1]));
    const waiting = new Set(Array.from({ length: 100 }, (_, slot) => slot));
    for (let request = 0; request < 100; request++) {
      selector.add(100 + request, samplePolicy('leastUsed', 1));
      for (const slot of selectFrom(selector, 1)) waiting.delete(slot);
    }
    expect(waiting.size).toBe(0);
  });

  it('puts a new element behind its equals', () => {
    const selector = poolOf('leastUsed', [1], [1]);
    selectFrom(selector, 1);
    selector.add(2, samplePolicy('leastUsed', 1));
    expect(selectFrom(selector, 3)).toEqual([1, 0, 2]);
  });
});

describe('least used with degradation (RFC 5356 section 5.2.2)', () => {
  it('counts every returned element, not only the first', () => {
    const selector = poolOf('leastUsedWithDegradation', [0, 10], [1, 10], [5, 10]);
    expect(selectFrom(selector, 2)).toEqual([0, 1]);
    expect(selectFrom(selector, 3)).toEqual([2, 0, 1]);
  });

  it('starts with a counter of 0 at the registration', () => {
    const selector = poolOf('leastUsedWithDegradation', [10, 100], [50, 100]);
    expect(selectFrom(selector, 1)).toEqual([0]);
    expect(selectFrom(selector, 1)).toEqual([1]);
    expect(selectFrom(selector, 1)).toEqual([0]);
  });

  it('resets the counter at each re-registration, even with the same values', () => {
    const selector = poolOf('leastUsedWithDegradation', [10, 100], [50, 100]);
    for (let request = 0; request < 5; request++) {
      expect(selectFrom(selector, 1)).toEqual([0]);
      selector.update(0, samplePolicy('leastUsedWithDegradation', 10, 100));
    }
  });

  it('forgets the counter of an element that left', () => {
    const selector = poolOf('leastUsedWithDegradation', [0, 100], [50, 100]);
    selectFrom(selector, 1);
    selector.remove(0);
    selector.add(2, samplePolicy('leastUsedWithDegradation', 0, 100));
    expect(selectFrom(selector, 2)).toEqual([2, 1]);
  });

  it('goes on counting beyond full load, where elements still differ', () => {
    const selector = poolOf('leastUsedWithDegradation', [full, full], [full, full - 1]);
    const counts = firstChoices(selector, 1, 1000);
    expect(counts).toEqual([500, 500]);
    selector.update(0, samplePolicy('leastUsedWithDegradation', full, 1));
    expect(firstChoices(selector, 1, 1000)).toEqual([1000, 0]);
  });

  it('returns equals least recently returned next, the one first that was it least recently', () => {
    const selector = poolOf('leastUsedWithDegradation', [0, 1], [0, 1], [0, 1], [0, 1]);
    const requests = Array.from({ length: 8 }, () => selectFrom(selector, 2).join(''));
    expect(requests).toEqual(['01', '23', '10', '32', '01', '23', '10', '32']);
  });

  it('shares requests by what each of them costs', () => {
    const selector = poolOf('leastUsedWithDegradation', [0, 10], [0, 20], [0, 40]);
    expect(firstChoices(selector, 1, 700)).toEqual([400, 200, 100]);
  });
});

describe('priority least used (RFC 5356 section 5.3)', () => {
  it('selects as in the example of section 5.3.1: 50 + 10 before 50 + 50', () => {
    const selector = poolOf('priorityLeastUsed', [50, 50], [50, 10]);
    for (let request = 0; request < 5; request++) expect(selectFrom(selector, 2)).toEqual([1, 0]);
  });

  it('does round robin among equal sums', () => {
    expect(firstChoices(poolOf('priorityLeastUsed', [20, 40], [40, 20], [59, 2]), 1, 100)).toEqual([
      50, 50, 0,
    ]);
  });
});
