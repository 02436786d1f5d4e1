import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectDistribution } from '../testing/chi-square.fixture.ts';
import { seededRandom } from '../testing/seeded-random.fixture.ts';
import { WeightedSet } from './weighted-set.ts';

const anyWeight = fc.oneof(fc.constant(0), fc.nat(5), fc.nat(0xffffffff), fc.constant(0xffffffff));

function setOf(weights: readonly number[]): WeightedSet {
  const set = new WeightedSet();
  weights.forEach((weight, seat) => set.add(seat, weight));
  return set;
}

/** How often each seat was drawn. */
function countDraws(set: WeightedSet, seats: number, draws: number, count: number): number[] {
  const random = seededRandom(seats + draws + count);
  const counts = new Array<number>(seats).fill(0);
  for (let draw = 0; draw < draws; draw++) {
    const into: number[] = [];
    set.draw(count, into, random);
    counts[into[count - 1]!]!++;
  }
  return counts;
}

describe('weighted set to draw from', () => {
  it('draws distinct members, all that have a weight or all where nobody has one, through any changes', () => {
    const step = fc.tuple(fc.constantFrom('toggle', 'toggle', 'weight', 'draw'), fc.nat(60), anyWeight);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), fc.nat(), (steps, seed) => {
        const set = new WeightedSet();
        const model = new Map<number, number>();
        const random = seededRandom(seed);
        for (const [kind, seat, weight] of steps) {
          if (kind === 'draw') {
            const able = [...model].filter(([, each]) => each > 0).map(([each]) => each);
            const choice = new Set(able.length > 0 ? able : model.keys());
            const into: number[] = [];
            const drawn = set.draw(seat, into, random);
            expect(drawn).toBe(Math.min(seat, choice.size));
            expect(into).toHaveLength(drawn);
            expect(new Set(into).size).toBe(drawn);
            for (const each of into) expect(choice.has(each)).toBe(true);
          } else if (kind === 'weight') {
            if (!model.has(seat)) continue;
            set.setWeight(seat, weight);
            model.set(seat, weight);
          } else if (model.delete(seat)) {
            set.remove(seat);
          } else {
            set.add(seat, weight);
            model.set(seat, weight);
          }
          expect(set.size).toBe(model.size);
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each([3, 20, 60, 200])('draws %i members by their weights', (size) => {
    const weights = Array.from({ length: size }, (_, seat) => 1 + ((seat * 37) % 100));
    expectDistribution(countDraws(setOf(weights), size, 60_000, 1), weights);
  });

  it.each([12, 50])('draws the second of %i by the weights that remain', (size) => {
    const weights = Array.from({ length: size }, (_, seat) => (seat === 7 ? 300 : 1 + (seat % 9)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const second = weights.map((weight, seat) => {
      const first = weights.map((other, at) => (at === seat ? 0 : other / total / (total - other)));
      return weight * first.reduce((sum, each) => sum + each, 0);
    });
    expectDistribution(countDraws(setOf(weights), size, 60_000, 2), second);
  });

  it('draws many by the weights that remain as it draws few', () => {
    const weights = Array.from({ length: 40 }, (_, seat) => 1 + (seat % 4));
    const few = countDraws(setOf(weights), 40, 40_000, 8);
    const many = countDraws(setOf(weights), 40, 40_000, 9);
    const byWeight = (counts: readonly number[]): number[] =>
      [1, 2, 3, 4].map((weight) =>
        counts.reduce((sum, count, seat) => (weights[seat] === weight ? sum + count : sum), 0),
      );
    byWeight(few).forEach((count, index) => {
      expect(Math.abs(count - byWeight(many)[index]!)).toBeLessThan(800);
    });
  });

  it('finds the others where one has nearly all of the weight', () => {
    const weights = Array.from({ length: 40 }, (_, seat) => (seat === 0 ? 0xffffffff : 1));
    const set = setOf(weights);
    const random = seededRandom(5);
    const counts = new Array<number>(40).fill(0);
    for (let draw = 0; draw < 20_000; draw++) {
      const into: number[] = [];
      expect(set.draw(2, into, random)).toBe(2);
      expect(into[0]).toBe(0);
      counts[into[1]!]!++;
    }
    expectDistribution(counts.slice(1), new Array<number>(39).fill(1));
  });

  it.each([10, 40])('draws %i uniformly where all weights are 0', (size) => {
    const weights = new Array<number>(size).fill(0);
    expectDistribution(countDraws(setOf(weights), size, 40_000, 2), new Array<number>(size).fill(1));
  });

  it('draws by weights whose sum is above 2^53', () => {
    const size = 2 ** 21 + 2 ** 19;
    const set = new WeightedSet();
    for (let seat = 0; seat < size; seat++) set.add(seat, seat % 2 === 0 ? 0xffffffff : 0x55555555);
    const random = seededRandom(9);
    const counts = [0, 0];
    const into: number[] = [];
    for (let draw = 0; draw < 20_000; draw++) {
      expect(set.draw(1, into, random)).toBe(1);
      counts[into[0]! % 2]!++;
    }
    expectDistribution(counts, [3, 1]);
    for (let seat = 0; seat < size - 3; seat++) set.remove(seat);
    expect(set.size).toBe(3);
    expect(set.draw(9, into, random)).toBe(3);
  });

  it('ends even with a source that is stuck', () => {
    for (const stuck of [0, 0xffffffff]) {
      for (const size of [3, 50]) {
        const into: number[] = [];
        expect(setOf(new Array<number>(size).fill(33)).draw(3, into, () => stuck)).toBe(3);
        expect(new Set(into).size).toBe(3);
      }
    }
  });
});
