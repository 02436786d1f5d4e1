import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/seeded-random.fixture.ts';
import { selectFrom } from '../testing/select.fixture.ts';
import { createSelector } from './create-selector.ts';
import type { Selector } from './selector.ts';

const elements = 40_000;
const policy = { type: 'leastUsedWithDegradation', load: 0, loadDegradation: 1 } as const;

function ascending(slots: readonly number[]): number[] {
  return slots.toSorted((one, other) => one - other);
}

/** Who is in an answer; which of them comes first is another rule's matter. */
function answer(selector: Selector, count: number): number[] {
  return ascending(selectFrom(selector, count));
}

describe('degradation in a pool that no cache holds', () => {
  it('returns each element once before any of them twice, whatever the answers are long', () => {
    const selector = createSelector(policy.type, { random: seededRandom(5) });
    for (let slot = 0; slot < elements; slot++) selector.add(slot, policy);
    const lengths = [4, 1, 3, 9, 2];
    let next = 0;
    for (let turn = 0; next < 2 * elements + 100; turn++) {
      const count = lengths[turn % lengths.length]!;
      const expected = Array.from({ length: count }, (_, index) => (next + index) % elements);
      expect(answer(selector, count)).toEqual(ascending(expected));
      next += count;
    }
  });

  it('leaves out who has gone, and has who comes again first', () => {
    const selector = createSelector(policy.type, { random: seededRandom(5) });
    for (let slot = 0; slot < elements; slot++) selector.add(slot, policy);
    for (let slot = 0; slot < elements; slot += 4) selectFrom(selector, 4);
    selector.remove(5);
    expect(answer(selector, 4)).toEqual([0, 1, 2, 3]);
    expect(answer(selector, 4)).toEqual([4, 6, 7, 8]);
    selector.add(5, policy);
    expect(answer(selector, 1)).toEqual([5]);
    expect(answer(selector, 4)).toEqual([9, 10, 11, 12]);
  });
});
