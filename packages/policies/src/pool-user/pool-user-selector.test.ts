import { describe, expect, it } from 'vitest';
import { isRandomized, policyNames } from '../policy-traits.ts';
import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import { expectDistribution } from '../testing/chi-square.fixture.ts';
import { samplePolicy } from '../testing/sample-policy.fixture.ts';
import { seededRandom } from '../testing/seeded-random.fixture.ts';
import { createPoolUserSelector } from './create-pool-user-selector.ts';
import type { PoolUserSelector } from './pool-user-selector.ts';

interface Item {
  readonly name: string;
  readonly policy: SelectionPolicy;
}

function listOf(type: PolicyName, ...values: readonly number[]): Item[] {
  return values.map((value, index) => ({ name: 'abcdefgh'[index]!, policy: samplePolicy(type, value) }));
}

function userOf(type: PolicyName, ...values: readonly number[]): PoolUserSelector<Item> {
  const selector = createPoolUserSelector<Item>(type, { random: seededRandom(2) });
  selector.replace(listOf(type, ...values));
  return selector;
}

function namesOf(selector: PoolUserSelector<Item>, count: number, exclude = ''): string {
  const next = (): string => selector.next({ exclude: ({ name }) => exclude.includes(name) })?.name ?? '-';
  return Array.from({ length: count }, next).join('');
}

describe.each(policyNames)('pool user with %s', (type) => {
  it('has nothing before the first list, and nothing where all are excluded', () => {
    const selector = createPoolUserSelector<Item>(type, { random: seededRandom(1) });
    expect(selector.type).toBe(type);
    expect(selector.next()).toBeUndefined();
    selector.replace(listOf(type, 1, 1, 1));
    expect(selector.size).toBe(3);
    expect(namesOf(selector, 2, 'abc')).toBe('--');
    expect(namesOf(selector, 4, 'ac')).toBe('bbbb');
  });

  it('copies the list, and forgets the one before', () => {
    const items = listOf(type, 1, 1);
    const selector = createPoolUserSelector<Item>(type, { random: seededRandom(1) });
    selector.replace(items);
    items.length = 0;
    expect('ab').toContain(selector.next()?.name);
    selector.replace(new Set(listOf(type, 1).map((item) => ({ ...item, name: 'z' }))));
    expect(namesOf(selector, 3)).toBe('zzz');
  });
});

describe('round robin at the pool user (RFC 5356 sections 4.1.3 and 4.2.3)', () => {
  it.each(['roundRobin', 'weightedRoundRobin'] as const)(
    '%s walks the list in its order, again and again',
    (type) => {
      const selector = userOf(type, 1, 5, 3);
      expect(namesOf(selector, 7)).toBe('abcabca');
      expect(namesOf(selector, 3, 'b')).toBe('cac');
    },
  );

  it('starts with the first element of a new list', () => {
    const selector = userOf('roundRobin', 1, 1, 1);
    expect(namesOf(selector, 2)).toBe('ab');
    selector.replace(listOf('roundRobin', 1, 1, 1));
    expect(namesOf(selector, 2)).toBe('ab');
  });
});

describe('random policies at the pool user (RFC 5356 sections 4.3.3, 4.4.3 and 5.4.3)', () => {
  it.each(policyNames.filter(isRandomized))(
    '%s draws uniformly, whatever the weights and loads are',
    (type) => {
      const selector = userOf(type, 1, 1000, 0xffffffff, 0);
      const count = (exclude: string): number[] => {
        const names = namesOf(selector, 8000, exclude);
        return [...'abcd']
          .filter((name) => !exclude.includes(name))
          .map((name) => names.split(name).length - 1);
      };
      expectDistribution(count(''), [1, 1, 1, 1]);
      expectDistribution(count('b'), [1, 1, 1]);
      expectDistribution(count('ad'), [1, 1]);
      expectDistribution(count(''), [1, 1, 1, 1]);
    },
  );
});

describe('priority at the pool user (RFC 5356 section 4.5.3)', () => {
  it('takes the active element with the highest priority, wherever it stands in the list', () => {
    const selector = userOf('priority', 1, 9, 5, 9);
    expect(namesOf(selector, 3)).toBe('bbb');
    expect(namesOf(selector, 3, 'b')).toBe('ddd');
    expect(namesOf(selector, 3, 'bd')).toBe('ccc');
    expect(namesOf(selector, 1)).toBe('b');
  });

  it('takes elements without a priority last', () => {
    const selector = createPoolUserSelector<{ policy: { type: string; priority?: number } }>('priority', {
      random: seededRandom(1),
    });
    const known = { policy: { type: 'priority', priority: 1 } };
    selector.replace([{ policy: { type: 'unknown' } }, known]);
    expect(selector.next()).toBe(known);
  });
});

describe('least used policies at the pool user (RFC 5356 sections 5.1.3, 5.2.3 and 5.3.3)', () => {
  const types = policyNames.filter(
    (type) => type.startsWith('leastUsed') || type.startsWith('priorityLeastUsed'),
  );

  it.each(types)('%s keeps the order of the registrar, the others are backups', (type) => {
    expect(types).toHaveLength(8);
    const selector = userOf(type, 5, 1, 3);
    expect(namesOf(selector, 3)).toBe('aaa');
    expect(namesOf(selector, 2, 'a')).toBe('bb');
    expect(namesOf(selector, 2, 'ab')).toBe('cc');
    expect(namesOf(selector, 1)).toBe('a');
  });
});

describe('pool users', () => {
  it('exist for known policies only', () => {
    expect(() => createPoolUserSelector('best' as PolicyName, { random: seededRandom(1) })).toThrow(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
    );
  });
});
