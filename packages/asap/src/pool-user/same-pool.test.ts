import type { PolicyParameter, PoolElement } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { knownElement } from '../testing/samples.fixture.ts';
import { isSamePool } from './same-pool.ts';

function pool(poolElements: readonly PoolElement[], policy: PolicyParameter = { type: 'roundRobin' }) {
  return { policy, poolElements };
}

const one = knownElement('10.1.0.1', 1, 9);
const two = knownElement('10.1.0.2', 2, 9);

describe('two states of a pool', () => {
  test('are the same in whatever order the elements come', () => {
    expect(isSamePool(pool([one, two]), pool([{ ...two }, { ...one }]))).toBe(true);
    expect(isSamePool(pool([]), pool([]))).toBe(true);
  });

  test.each([
    ['an element more', pool([one, two]), pool([one])],
    ['an element less', pool([one]), pool([one, two])],
    ['another element', pool([one]), pool([two])],
    ['another home registrar', pool([one]), pool([{ ...one, homeRegistrar: 8 }])],
    ['another life', pool([one]), pool([{ ...one, registrationLife: 1 }])],
    ['an element twice', pool([one, one]), pool([one, two])],
    ['another element twice', pool([one, two]), pool([one, one])],
    ['another policy', pool([one]), pool([one], { type: 'random' })],
  ])('differ by %s', (_, left, right) => {
    expect(isSamePool(left, right)).toBe(false);
  });

  test('differ by the load of an element', () => {
    const loaded = (load: number): PoolElement => ({ ...one, policy: { type: 'leastUsed', load } });
    expect(isSamePool(pool([loaded(1)]), pool([loaded(2)]))).toBe(false);
    expect(isSamePool(pool([loaded(1)]), pool([loaded(1)]))).toBe(true);
  });
});
