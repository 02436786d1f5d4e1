import { describe, expect, expectTypeOf, it } from 'vitest';
import { PolicyError } from '../policy-error.ts';
import { isRandomized, policyNames } from '../policy-traits.ts';
import type { PolicyName } from '../policy-types.ts';
import { expectDistribution } from '../testing/chi-square.fixture.ts';
import { seededRandom } from '../testing/seeded-random.fixture.ts';
import type { Balancer } from './balancer.ts';
import { createBalancer, type RandomizedPolicyName } from './create-balancer.ts';
import type { WeightParameters } from './server-parameters.ts';

const random = seededRandom(1);

describe('balancer', () => {
  it('picks by the policy', () => {
    const balancer = createBalancer({ policy: 'weightedRoundRobin' });
    balancer.add('a', { weight: 3 });
    balancer.add('b');
    expect(Array.from({ length: 8 }, () => balancer.pick()).join('')).toBe('aabaaaba');
    balancer.update('b', { weight: 3 });
    balancer.remove('a');
    expect(balancer.pickMany(3)).toEqual(['b']);
  });

  it('holds servers of any type, told apart as in a Map', () => {
    const [first, second] = [{ port: 1 }, { port: 1 }];
    const balancer = createBalancer<{ port: number }>({ policy: 'roundRobin' });
    balancer.add(first);
    balancer.add(second);
    expect(balancer.pick()).toBe(first);
    expect(balancer.pick()).toBe(second);
    expect(balancer.has({ port: 1 })).toBe(false);
    expectTypeOf(balancer.pick()).toEqualTypeOf<{ port: number } | undefined>();
    expectTypeOf(createBalancer({ policy: 'weightedRandom', random })).toEqualTypeOf<
      Balancer<string, WeightParameters>
    >();
  });

  it('is a collection in the order of adding', () => {
    const balancer = createBalancer({ policy: 'leastUsed' });
    for (const server of ['c', 'a', 'b']) balancer.add(server, { load: 0.5 });
    balancer.update('c', { load: 1 });
    expect([...balancer]).toEqual(['c', 'a', 'b']);
    expect(balancer.size).toBe(3);
    expect(balancer.remove('a')).toBe(true);
    expect(balancer.remove('a')).toBe(false);
    expect([...balancer]).toEqual(['c', 'b']);
    balancer.add('a');
    expect(balancer.pickMany(Infinity)).toEqual(['a', 'b', 'c']);
    expect([balancer.has('a'), balancer.has('d')]).toEqual([true, false]);
  });

  it('has nothing to pick from an empty list', () => {
    const balancer = createBalancer({ policy: 'priority' });
    expect(balancer.pick()).toBeUndefined();
    expect(balancer.pickMany(4)).toEqual([]);
  });

  it('takes loads as fractions', () => {
    const balancer = createBalancer({ policy: 'priorityLeastUsed' });
    balancer.add('a', { load: 0.5, loadDegradation: 0.5 });
    balancer.add('b', { load: 0.5, loadDegradation: 0.1 });
    expect(balancer.pickMany(2)).toEqual(['b', 'a']);
    expect(() => balancer.update('b', { load: 50 })).toThrow(
      expect.objectContaining({ code: 'ERR_RSERPOOL_INVALID_POLICY', path: 'load' }),
    );
  });

  it('keeps parameters that an update does not give', () => {
    const balancer = createBalancer({ policy: 'leastUsedWithDegradation' });
    balancer.add('a', { load: 0.1, loadDegradation: 0.6 });
    balancer.add('b', { load: 0.5, loadDegradation: 0.2 });
    balancer.update('a', { load: 0 });
    expect([balancer.pick(), balancer.pick(), balancer.pick()]).toEqual(['a', 'b', 'a']);
    balancer.update('a', {});
    expect(balancer.pick()).toBe('a');
  });

  it('draws by weight with the random source that it was given', () => {
    const balancer = createBalancer({ policy: 'weightedRandom', random: seededRandom(9) });
    balancer.add('a', { weight: 1 });
    balancer.add('b', { weight: 4 });
    const picks = Array.from({ length: 5000 }, () => balancer.pick());
    const countOfA = picks.filter((server) => server === 'a').length;
    expectDistribution([countOfA, 5000 - countOfA], [1, 4]);
  });

  it('prefers near servers under a distance policy', () => {
    const balancer = createBalancer({ policy: 'leastUsedDistance' });
    balancer.add('far', { load: 0.1, loadDistanceFactor: 0.01, distance: 80 });
    balancer.add('near', { load: 0.5, loadDistanceFactor: 0.01, distance: 5 });
    expect(balancer.pick()).toBe('near');
  });

  it('advances by as much as maximumIncrement says', () => {
    const balancer = createBalancer({ policy: 'roundRobin', maximumIncrement: 2 });
    for (const server of ['a', 'b', 'c']) balancer.add(server);
    expect(balancer.pickMany(2)).toEqual(['a', 'b']);
    expect(balancer.pickMany(2)).toEqual(['c', 'a']);
  });

  it.each(policyNames.filter(isRandomized))('%s wants a random source, and says how to get one', (type) => {
    const options = { policy: type } as { policy: 'random'; random: typeof random };
    expect(() => createBalancer(options)).toThrow(/ERR_RSERPOOL_RANDOM_REQUIRED.*crypto\.getRandomValues/);
  });

  it('knows at compile time which policies want a random source', () => {
    // @ts-expect-error a randomized policy needs one
    expect(() => createBalancer({ policy: 'random' })).toThrow(PolicyError);
    // @ts-expect-error without a default, the parameter is needed
    expect(() => createBalancer({ policy: 'leastUsedWithDegradation' }).add('a')).toThrow(PolicyError);
    const randomized = policyNames.filter(isRandomized) as RandomizedPolicyName[];
    for (const policy of randomized)
      expect(createBalancer({ policy, random } as { policy: 'random'; random: typeof random }).size).toBe(0);
    expectTypeOf<RandomizedPolicyName>().toExtend<PolicyName>();
  });

  it('refuses what is there twice or not at all, and wrong parameters', () => {
    const balancer = createBalancer({ policy: 'weightedRoundRobin' });
    balancer.add('a');
    expect(() => balancer.add('a')).toThrow('ERR_RSERPOOL_DUPLICATE_SERVER');
    expect(() => balancer.update('b', { weight: 1 })).toThrow('ERR_RSERPOOL_UNKNOWN_SERVER');
    expect(() => balancer.add('b', { weight: 1.5 })).toThrow('ERR_RSERPOOL_INVALID_POLICY');
    expect(() => balancer.update('a', { weight: -1 })).toThrow('ERR_RSERPOOL_INVALID_POLICY');
    expect([...balancer]).toEqual(['a']);
    balancer.add('b');
    expect(balancer.pickMany(3)).toEqual(['a', 'b']);
  });

  it('refuses unknown policies', () => {
    const options = { policy: 'fastest' } as unknown as { policy: 'roundRobin' };
    expect(() => createBalancer(options)).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
  });
});
