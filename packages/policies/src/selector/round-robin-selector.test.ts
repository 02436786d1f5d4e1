import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SelectionPolicy } from '../policy-types.ts';
import { selectFrom } from '../testing/select.fixture.ts';
import { createSelector } from './create-selector.ts';

const policy: SelectionPolicy = { type: 'roundRobin' };
const random = (): number => 0;

describe('round robin (RFC 5356 section 4.1.2)', () => {
  it('returns the list from the head on, and advances the head by one', () => {
    const selector = createSelector('roundRobin', { random });
    for (const slot of [4, 8, 6]) selector.add(slot, policy);
    expect(selectFrom(selector, 2)).toEqual([4, 8]);
    expect(selectFrom(selector, 2)).toEqual([8, 6]);
    expect(selectFrom(selector, 9)).toEqual([6, 4, 8]);
    expect(selectFrom(selector, 1)).toEqual([4]);
  });

  it('does what an array that is rotated does', () => {
    const step = fc.tuple(fc.constantFrom('select', 'toggle', 'update'), fc.nat(15));
    const increment = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), increment, (steps, maximumIncrement) => {
        const selector = createSelector('roundRobin', { random, maximumIncrement });
        const model: number[] = [];
        for (const [kind, slot] of steps) {
          const index = model.indexOf(slot);
          if (kind === 'select') {
            const expected = model.slice(0, slot);
            expect(selectFrom(selector, slot)).toEqual(expected);
            model.push(...model.splice(0, Math.min(expected.length, maximumIncrement)));
          } else if (kind === 'toggle' && index < 0) {
            selector.add(slot, policy);
            model.push(slot);
          } else if (kind === 'toggle') {
            selector.remove(slot);
            model.splice(index, 1);
          } else if (index >= 0) {
            selector.update(slot, policy);
          }
        }
      }),
    );
  });
});
