import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolicyName } from '../policy-types.ts';
import { expectDistribution } from '../testing/chi-square.fixture.ts';
import { drawProbabilities } from '../testing/draw-probabilities.fixture.ts';
import { samplePolicy } from '../testing/sample-policy.fixture.ts';
import { seededRandom } from '../testing/seeded-random.fixture.ts';
import { selectFrom } from '../testing/select.fixture.ts';
import { createSelector } from './create-selector.ts';
import type { Selector } from './selector.ts';

const full = 0xffffffff;

function poolOf(type: PolicyName, seed: number, ...parameters: readonly (readonly number[])[]): Selector {
  const selector = createSelector(type, { random: seededRandom(seed) });
  parameters.forEach((values, slot) => selector.add(slot, samplePolicy(type, ...values)));
  return selector;
}

/** Expects that answers of so many elements occur as drawing by these weights has it. */
function expectDraws(selector: Selector, count: number, weights: readonly number[]): void {
  const probabilities = drawProbabilities(weights, count);
  const counts = new Map([...probabilities.keys()].map((answer) => [answer, 0]));
  for (let draw = 0; draw < 20_000; draw++) {
    const answer = selectFrom(selector, count).join();
    expect(counts.has(answer), `the answer ${answer} is possible`).toBe(true);
    counts.set(answer, counts.get(answer)! + 1);
  }
  expectDistribution([...counts.values()], [...probabilities.values()]);
}

describe('random (RFC 5356 section 4.3.2)', () => {
  it.each([1, 2, 3])('returns each answer of %i elements with the same probability', (count) => {
    expectDraws(poolOf('random', count, [], [], [], []), count, [1, 1, 1, 1]);
  });

  it('returns a permutation of the pool where all are asked for', () => {
    expectDraws(poolOf('random', 4, [], [], [], []), Infinity, [1, 1, 1, 1]);
  });
});

describe('weighted random (RFC 5356 section 4.4.2)', () => {
  it.each([1, 2, 3, 5])('draws %i elements by the weights that remain', (count) => {
    expectDraws(poolOf('weightedRandom', count, [1], [2], [3], [6]), count, [1, 2, 3, 6]);
  });

  it('is random where all weights are the same', () => {
    expectDraws(poolOf('weightedRandom', 5, [9], [9], [9]), 2, [1, 1, 1]);
  });

  it('draws by weights of the full 32 bits', () => {
    expectDraws(poolOf('weightedRandom', 6, [full], [full >>> 1], [full - 5]), 2, [
      full,
      full >>> 1,
      full - 5,
    ]);
  });

  it('draws by the sum of many weights as by each of them', () => {
    const weights = Array.from({ length: 100 }, (_, slot) => 1 + ((slot * 37) % 100));
    const selector = poolOf('weightedRandom', 7, ...weights.map((weight) => [weight]));
    const counts = weights.map(() => 0);
    for (let draw = 0; draw < 60_000; draw++) counts[selectFrom(selector, 1)[0]!]!++;
    expectDistribution(counts, weights);
  });

  it('never selects weight 0 as long as there is another, and draws uniformly where all are 0', () => {
    expectDraws(poolOf('weightedRandom', 8, [0], [3], [0], [1]), 4, [0, 3, 0, 1]);
    const selector = poolOf('weightedRandom', 9, [0], [3], [0]);
    selector.update(1, samplePolicy('weightedRandom', 0));
    expectDraws(selector, 2, [1, 1, 1]);
    selector.update(0, samplePolicy('weightedRandom', 1));
    expectDraws(selector, 2, [1, 0, 0]);
  });

  it('follows re-registrations and departures', () => {
    const selector = poolOf('weightedRandom', 10, [1], [100], [3], [5]);
    selector.update(1, samplePolicy('weightedRandom', 2));
    selector.remove(3);
    expectDraws(selector, 2, [1, 2, 3]);
  });
});

describe('randomized least used (RFC 5356 section 5.4.2)', () => {
  it('is weighted random with what is free of each element', () => {
    const loads = [0, 0x40000000, 0x80000000, 0xf0000000];
    const free = loads.map((load) => full - load);
    for (const count of [1, 2]) {
      expectDraws(poolOf('randomizedLeastUsed', 20 + count, ...loads.map((load) => [load])), count, free);
    }
  });

  it('does not select a fully loaded element, unless all are', () => {
    expectDraws(poolOf('randomizedLeastUsed', 23, [full], [0], [full]), 3, [0, 1, 0]);
    expectDraws(poolOf('randomizedLeastUsed', 24, [full], [full]), 1, [1, 1]);
  });
});

describe('private random policies', () => {
  it('randomized priority least used draws by what is free after one more client', () => {
    const half = 0x80000000;
    const quarter = 0x40000000;
    const selector = poolOf('randomizedPriorityLeastUsed', 30, [0, half], [quarter, quarter], [0, quarter]);
    expectDraws(selector, 2, [2, 2, 3]);
  });

  it('keeps an overloaded element as a last resort', () => {
    const selector = poolOf('randomizedPriorityLeastUsed', 31, [full, full], [0, 0]);
    for (let draw = 0; draw < 100; draw++) expect(selectFrom(selector, 2)).toEqual([1, 0]);
  });

  it('randomized least used with degradation counts each returned element, until it registers again', () => {
    const type = 'randomizedLeastUsedWithDegradation';
    const selector = poolOf(type, 32, [0, full], [0, full], [0, full]);
    expect(selectFrom(selector, 2)).toHaveLength(2);
    const [rest] = selectFrom(selector, 1);
    selector.update(rest!, samplePolicy(type, 0, full));
    for (let draw = 0; draw < 50; draw++) {
      expect(selectFrom(selector, 1)).toEqual([rest]);
      selector.update(rest!, samplePolicy(type, 0, full));
    }
  });

  it('counts no more of them than maximumIncrement says', () => {
    const type = 'randomizedLeastUsedWithDegradation';
    const selector = createSelector(type, { random: seededRandom(33), maximumIncrement: 1 });
    for (const slot of [0, 1]) selector.add(slot, samplePolicy(type, 0, full));
    const [, second] = selectFrom(selector, 2);
    for (let draw = 0; draw < 3; draw++) {
      expect(selectFrom(selector, 1)).toEqual([second]);
      selector.update(second!, samplePolicy(type, 0, full));
    }
  });

  it('randomized priority least used with degradation adds what one more client costs', () => {
    const type = 'randomizedPriorityLeastUsedWithDegradation';
    const third = 0x55555555;
    const counts = [0, 0];
    const selector = poolOf(type, 34, [0, third], [third, 0]);
    for (let draw = 0; draw < 20_000; draw++) {
      counts[selectFrom(selector, 1)[0]!]!++;
      selector.update(0, samplePolicy(type, 0, third));
    }
    expectDistribution(counts, [1, 1]);
    selectFrom(selector, 2);
    const after = [0, 0];
    for (let draw = 0; draw < 20_000; draw++) {
      selector.update(0, samplePolicy(type, 0, third));
      while (selectFrom(selector, 1)[0] !== 0);
      after[selectFrom(selector, 1)[0]!]!++;
    }
    expectDistribution(after, [1, 2]);
  });

  it('weighted random with distance takes a part of the weight away for each millisecond', () => {
    const percent = Math.round(full / 100);
    const type = 'weightedRandomDistance';
    const selector = poolOf(type, 35, [1000, percent, 0], [1000, percent, 50], [500, percent, 20]);
    expectDraws(selector, 2, [1000, 500, 400]);
    const far = poolOf(type, 36, [1_000_000, percent, 0], [5, percent, 1000], [0, percent, 0]);
    for (let draw = 0; draw < 50; draw++) expect(new Set(selectFrom(far, 3))).toEqual(new Set([0, 1]));
  });
});

describe('random policies under any changes', () => {
  const types = [
    'random',
    'weightedRandom',
    'randomizedLeastUsed',
    'randomizedPriorityLeastUsed',
    'randomizedLeastUsedWithDegradation',
    'randomizedPriorityLeastUsedWithDegradation',
    'weightedRandomDistance',
  ] as const;

  it.each(types)(
    '%s returns distinct elements of the pool, and each that can be drawn where all are asked for',
    (type) => {
      const value = fc.oneof(fc.constant(0), fc.nat(9), fc.nat(full), fc.constant(full));
      const step = fc.tuple(
        fc.constantFrom('select', 'toggle', 'update'),
        fc.nat(12),
        fc.tuple(value, value, value),
      );
      fc.assert(
        fc.property(fc.array(step, { maxLength: 100 }), fc.nat(), (steps, seed) => {
          const selector = createSelector(type, { random: seededRandom(seed) });
          const able = new Map<number, boolean>();
          for (const [kind, slot, values] of steps) {
            const policy = samplePolicy(type, ...values);
            const isAble =
              (policy.type !== 'weightedRandom' && policy.type !== 'weightedRandomDistance') ||
              policy.weight > 0;
            const isFree = policy.type !== 'randomizedLeastUsed' || policy.load < full;
            if (kind === 'select') {
              const answer = selectFrom(selector, slot);
              const ableCount = [...able.values()].filter(Boolean).length;
              expect(answer).toHaveLength(Math.min(slot, ableCount === 0 ? able.size : ableCount));
              expect(new Set(answer).size).toBe(answer.length);
              for (const each of answer) expect(able.get(each)).toBe(ableCount > 0);
            } else if (kind === 'toggle' && able.delete(slot)) {
              selector.remove(slot);
            } else if (kind === 'toggle' || able.has(slot)) {
              if (able.has(slot)) selector.update(slot, policy);
              else selector.add(slot, policy);
              able.set(slot, isAble && isFree);
            }
            expect(selector.size).toBe(able.size);
          }
        }),
      );
    },
  );
});
