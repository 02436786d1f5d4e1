import { describe, expect, it } from 'vitest';
import type { PolicyName } from '../policy-types.ts';
import { samplePolicy } from '../testing/sample-policy.fixture.ts';
import { seededRandom } from '../testing/seeded-random.fixture.ts';
import { firstChoices } from '../testing/select.fixture.ts';
import { createSelector } from './create-selector.ts';
import type { Selector } from './selector.ts';

// What careless state does ("On the Performance of Reliable Server Pooling Systems", LCN 2005): the registrar
// returns several elements, users take the first, and the state counts the others as used too.
const items = 4;
const groups = 3;
const size = items * groups;

function poolOf(type: PolicyName, maximumIncrement?: number): Selector {
  const random = seededRandom(5);
  const selector = createSelector(
    type,
    maximumIncrement === undefined ? { random } : { random, maximumIncrement },
  );
  for (let slot = 0; slot < size; slot++) selector.add(slot, samplePolicy(type, 1));
  return selector;
}

describe('answers with several elements to users that take the first', () => {
  const stateful: readonly PolicyName[] = [
    'roundRobin',
    'weightedRoundRobin',
    'priority',
    'leastUsed',
    'priorityLeastUsed',
    'leastUsedDistance',
    'priorityLeastUsedDistance',
  ];

  it.each(stateful)('%s loads all elements evenly by default, and with maximumIncrement 1', (type) => {
    const even = new Array<number>(size).fill(100);
    expect(firstChoices(poolOf(type), items, 100 * size)).toEqual(even);
    expect(firstChoices(poolOf(type, 1), items, 100 * size)).toEqual(even);
  });

  it.each(stateful)('%s starves all but every h-th element with maximumIncrement h', (type) => {
    const starving = Array.from({ length: size }, (_, slot) => (slot % items === 0 ? 100 * items : 0));
    expect(firstChoices(poolOf(type, items), items, 100 * size)).toEqual(starving);
  });

  const degrading: readonly PolicyName[] = [
    'leastUsedWithDegradation',
    'priorityLeastUsedWithDegradation',
    'leastUsedWithDegradationDistance',
    'priorityLeastUsedWithDegradationDistance',
  ];

  it.each(degrading)('%s loads all elements evenly although it counts each returned one', (type) => {
    expect(firstChoices(poolOf(type), items, 100 * size)).toEqual(new Array<number>(size).fill(100));
    for (const count of [1, 3, 5, 7, size]) {
      const counts = firstChoices(poolOf(type), count, 100 * size);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
    }
  });

  it.each(degrading)(
    '%s loads all elements evenly when it counts the first only, as the reference does',
    (type) => {
      expect(firstChoices(poolOf(type, 1), items, 100 * size)).toEqual(new Array<number>(size).fill(100));
    },
  );

  it('round robin stays even where the size is no multiple', () => {
    const selector = poolOf('roundRobin');
    selector.remove(size - 1);
    expect(firstChoices(selector, items, 100 * (size - 1))).toEqual(new Array<number>(size - 1).fill(100));
  });
});
