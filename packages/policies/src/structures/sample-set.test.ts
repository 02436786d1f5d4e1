import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectDistribution } from '../testing/chi-square.fixture.ts';
import { seededRandom } from '../testing/seeded-random.fixture.ts';
import { SampleSet } from './sample-set.ts';

describe('set to draw from', () => {
  it('draws distinct members, as many as there are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 100 }), fc.nat(40), fc.nat(), (toggles, count, seed) => {
        const set = new SampleSet();
        const model = new Set<number>();
        const random = seededRandom(seed);
        for (const seat of toggles) {
          if (model.delete(seat)) set.remove(seat);
          else {
            model.add(seat);
            set.add(seat);
          }
          const into: number[] = [];
          const drawn = set.draw(count, into, random);
          expect(drawn).toBe(Math.min(count, model.size));
          expect(new Set(into).size).toBe(drawn);
          for (const seat of into) expect(model.has(seat)).toBe(true);
        }
      }),
    );
  });

  it('draws each order of each choice with the same probability', () => {
    const set = new SampleSet();
    for (let seat = 0; seat < 4; seat++) set.add(seat);
    const random = seededRandom(11);
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 24_000; draw++) {
      const into: number[] = [];
      set.draw(3, into, random);
      counts.set(into.join(), (counts.get(into.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expectDistribution([...counts.values()], new Array<number>(24).fill(1));
  });

  it.each([1, 3, 4, 8, 9])('draws %i of many with the same probability', (count) => {
    const set = new SampleSet();
    for (let seat = 0; seat < 40; seat++) set.add(seat);
    const random = seededRandom(count);
    const counts = new Array<number>(40).fill(0);
    for (let draw = 0; draw < 20_000; draw++) {
      const into: number[] = [];
      set.draw(count, into, random);
      counts[into[count - 1]!]!++;
    }
    expectDistribution(counts, new Array<number>(40).fill(1));
  });

  it('ends even with a source that is stuck', () => {
    const set = new SampleSet();
    for (let seat = 0; seat < 40; seat++) set.add(seat);
    for (const stuck of [0, 0xffffffff]) {
      const into: number[] = [];
      expect(set.draw(8, into, () => stuck)).toBe(8);
      expect(new Set(into).size).toBe(8);
    }
  });
});
