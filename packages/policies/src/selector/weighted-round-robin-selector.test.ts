import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samplePolicy } from '../testing/sample-policy.fixture.ts';
import { firstChoices, selectFrom } from '../testing/select.fixture.ts';
import { FairSchedule } from '../structures/fair-schedule.ts';
import { SelectionStore } from '../structures/selection-store.ts';
import { createSelection } from './create-selection.ts';
import { createSelector } from './create-selector.ts';
import type { Selector } from './selector.ts';

const random = (): number => 0;

function poolOf(...weights: readonly number[]): Selector {
  const selector = createSelector('weightedRoundRobin', { random });
  weights.forEach((weight, slot) => selector.add(slot, samplePolicy('weightedRoundRobin', weight)));
  return selector;
}

/** The first so many distinct seats of the next 32 turns, which are undone again. */
function nextOf(schedule: FairSchedule, count: number): { next: number[]; isAll: boolean } {
  const next: number[] = [];
  const taken: number[] = [];
  while (next.length < count && taken.length < 32) {
    const seat = schedule.takeTurn();
    taken.push(seat);
    if (!next.includes(seat)) next.push(seat);
  }
  for (const seat of taken.toReversed()) schedule.undoTurn(seat);
  return { next, isAll: next.length === count };
}

describe('weighted round robin (RFC 5356 section 4.2)', () => {
  it('is round robin where all weights are 1, whoever comes, goes and registers again', () => {
    const step = fc.tuple(fc.constantFrom('select', 'select', 'toggle', 'update'), fc.nat(12));
    const increment = fc.constantFrom(1, 3, Infinity);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), increment, (steps, maximumIncrement) => {
        const weighted = createSelector('weightedRoundRobin', { random, maximumIncrement });
        const plain = createSelector('roundRobin', { random, maximumIncrement });
        for (const [kind, slot] of steps) {
          const present = plain.has(slot);
          for (const selector of [weighted, plain]) {
            const policy = samplePolicy(selector.type, 1);
            if (kind === 'toggle' && present) selector.remove(slot);
            else if (kind === 'toggle') selector.add(slot, policy);
            else if (kind === 'update' && present) selector.update(slot, policy);
          }
          if (kind === 'select') expect(selectFrom(weighted, slot)).toEqual(selectFrom(plain, slot));
        }
      }),
    );
  });

  it('returns distinct elements in the order of the list, and takes one entry of it a request', () => {
    const selector = poolOf(2, 1, 1);
    expect(selectFrom(selector, 3)).toEqual([0, 1, 2]);
    expect(selectFrom(selector, 3)).toEqual([1, 0, 2]);
    expect(selectFrom(selector, 2)).toEqual([0, 2]);
    expect(selectFrom(selector, Infinity)).toEqual([2, 0, 1]);
    expect(selectFrom(selector, 1)).toEqual([0]);
    expect(selectFrom(selector, 1)).toEqual([1]);
  });

  it('answers with what the next entries of the list are, and nobody can tell that it looked ahead', () => {
    const weight = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 500 }));
    const step = fc.tuple(
      fc.constantFrom('select', 'select', 'select', 'toggle', 'toggle', 'update'),
      fc.nat(70),
      weight,
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const selection = createSelection('weightedRoundRobin', { random }, new SelectionStore());
        const schedule = new FairSchedule();
        const present = new Set<number>();
        for (const [kind, seat, weight] of steps) {
          const policy = samplePolicy('weightedRoundRobin', weight);
          if (kind === 'select') {
            const into: number[] = [];
            const found = selection.select(seat % 12, into);
            expect(found).toBe(Math.min(seat % 12, present.size));
            const { next, isAll } = nextOf(schedule, found);
            expect(into.slice(0, isAll ? found : next.length)).toEqual(next);
            expect(new Set(into).size).toBe(found);
            if (found > 0) schedule.takeTurn();
          } else if (!present.has(seat)) {
            selection.add(seat, policy);
            schedule.add(seat, weight);
            present.add(seat);
          } else if (kind === 'update') {
            selection.update(seat, policy);
            schedule.reweigh(seat, weight);
          } else {
            selection.remove(seat);
            schedule.remove(seat);
            present.delete(seat);
          }
          expect(selection.size).toBe(present.size);
        }
      }),
    );
  });

  it.each([3, 40, 200])('answers with all of %i elements as often as all are asked for', (size) => {
    const selector = poolOf(...Array.from({ length: size }, (_, slot) => 1 + slot ** 4));
    for (let request = 0; request < 20; request++) {
      expect(new Set(selectFrom(selector, Infinity)).size).toBe(size);
      expect(new Set(selectFrom(selector, size - 1)).size).toBe(size - 1);
    }
  });

  it('is round robin where all weights are the same, for answers of any length', () => {
    const selector = poolOf(...new Array<number>(50).fill(7));
    for (let request = 0; request < 60; request++) {
      const count = [1, 4, 20, 45, Infinity][request % 5]!;
      const expected = Array.from({ length: Math.min(count, 50) }, (_, index) => (request + index) % 50);
      expect(selectFrom(selector, count)).toEqual(expected);
    }
  });

  it('gives pool users that take the first element the ratio of the weights, however many are returned', () => {
    for (const count of [1, 2, 4])
      expect(firstChoices(poolOf(1, 2, 3, 4), count, 1000)).toEqual([100, 200, 300, 400]);
  });

  it('changes the ratio with a re-registration', () => {
    const selector = poolOf(1, 1);
    firstChoices(selector, 1, 7);
    selector.update(0, samplePolicy('weightedRoundRobin', 3));
    const [first] = firstChoices(selector, 1, 400);
    expect(Math.abs(first! - 300)).toBeLessThanOrEqual(1);
  });

  it('never selects weight 0 as long as there is another', () => {
    const selector = poolOf(0, 3, 0, 1);
    expect(selectFrom(selector, 4)).toEqual([1, 3]);
    expect(firstChoices(selector, 4, 100)).toEqual([0, 75, 0, 25]);
  });

  it('does round robin where all weights are 0', () => {
    const selector = poolOf(0, 0, 0);
    expect(selectFrom(selector, 2)).toEqual([0, 1]);
    expect(selectFrom(selector, 3)).toEqual([1, 2, 0]);
    selector.update(2, samplePolicy('weightedRoundRobin', 1));
    expect(selectFrom(selector, 3)).toEqual([2]);
    selector.update(2, samplePolicy('weightedRoundRobin', 0));
    selector.remove(0);
    expect(selectFrom(selector, 3)).toEqual([1, 2]);
    expect(selector.size).toBe(2);
  });

  it('does not take the time of the weights', () => {
    const selector = poolOf(0xffffffff, 1, 0xffffffff);
    expect(new Set(selectFrom(selector, 3)).size).toBe(3);
    const [heavy, light, other] = firstChoices(selector, 3, 1000);
    expect(light).toBeLessThanOrEqual(1);
    expect(Math.abs(heavy! - other!)).toBeLessThanOrEqual(1);
  });
});
