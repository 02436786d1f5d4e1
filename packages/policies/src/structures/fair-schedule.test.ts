import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  largestDeviation,
  smoothWeightedRoundRobin,
} from '../testing/smooth-weighted-round-robin.fixture.ts';
import { FairSchedule } from './fair-schedule.ts';

function scheduleOf(weights: readonly number[]): FairSchedule {
  const schedule = new FairSchedule();
  weights.forEach((weight, seat) => schedule.add(seat, weight));
  return schedule;
}

function sumOf(weights: readonly number[]): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}

/** How far a seat may be off its share, by the definition: half a turn for each level, shared with its equals. */
function allowedDeviation(weights: readonly number[], seat: number): number {
  const levels = Math.ceil(Math.log2(new Set(weights).size));
  const equals = weights.filter((weight) => weight === weights[seat]).length;
  return levels / (2 * equals) + 1 - 1 / equals;
}

const anyWeight = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 9 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 300 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 0xffffffff }) },
);
const anyWeights = fc.array(anyWeight, { minLength: 1, maxLength: 25 });
/** Too many different weights for a class each. */
const manyWeights = fc.uniqueArray(anyWeight, { minLength: 40, maxLength: 150 });

describe('evenness of the list (RFC 5356 section 4.2.2)', () => {
  it('after any number of turns each seat had its share of them, but for half a turn for each level', () => {
    fc.assert(
      fc.property(anyWeights, (weights) => {
        const schedule = scheduleOf(weights);
        const total = sumOf(weights);
        const counts = weights.map(() => 0);
        const allowed = weights.map((_, seat) => allowedDeviation(weights, seat) + 1e-6);
        for (let turns = 1; turns <= 600; turns++) {
          counts[schedule.takeTurn()]!++;
          const off = weights.findIndex(
            (weight, seat) => Math.abs(counts[seat]! - (turns * weight) / total) > allowed[seat]!,
          );
          expect(off).toBe(-1);
        }
      }),
    );
  });

  it('with very many different weights each seat is off its share by less than nine turns', () => {
    fc.assert(
      fc.property(manyWeights, (weights) => {
        const schedule = scheduleOf(weights);
        const total = sumOf(weights);
        const counts = weights.map(() => 0);
        for (let turns = 1; turns <= 1500; turns++) counts[schedule.takeTurn()]!++;
        weights.forEach((weight, seat) => {
          expect(Math.abs(counts[seat]! - (1500 * weight) / total)).toBeLessThan(9);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('the ratio of the weights is exact over each round of the list', () => {
    const small = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(small, fc.integer({ min: 1, max: 1e8 }), (weights, factor) => {
        const schedule = scheduleOf(weights.map((weight) => weight * factor));
        for (let round = 1; round <= 3; round++) {
          const counts = weights.map(() => 0);
          for (let turn = 0; turn < sumOf(weights); turn++) counts[schedule.takeTurn()]!++;
          // Equal weights share a class, whose turns may not be a multiple of its seats in so short a round.
          weights.forEach((weight, seat) => {
            const isAlone = weights.filter((other) => other === weight).length === 1;
            if (isAlone || factor === 1) expect(counts[seat]).toBe(weight);
          });
        }
      }),
    );
  });

  it('the ratio is exact over each round with very many different weights, too', () => {
    const wide = fc.uniqueArray(fc.integer({ min: 100, max: 600 }), { minLength: 40, maxLength: 70 });
    fc.assert(
      fc.property(wide, (weights) => {
        const schedule = scheduleOf(weights);
        for (let round = 1; round <= 2; round++) {
          const counts = weights.map(() => 0);
          for (let turn = sumOf(weights); turn > 0; turn--) counts[schedule.takeTurn()]!++;
          expect(counts).toEqual(weights);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('spreads as the well-known example of smooth weighted round robin does', () => {
    const schedule = scheduleOf([5, 1, 1]);
    expect(Array.from({ length: 7 }, () => 'abc'[schedule.takeTurn()]).join('')).toBe('abaaaca');
    const other = scheduleOf([2, 1, 1]);
    expect(Array.from({ length: 8 }, () => 'abc'[other.takeTurn()]).join('')).toBe('abacabac');
  });

  it('is not less even than smooth weighted round robin', () => {
    for (const weights of [
      [3, 1, 7, 1, 7, 7],
      [5, 1, 1],
      [100, 50, 10, 1],
    ]) {
      const schedule = scheduleOf(weights);
      const deviation = largestDeviation(weights, () => schedule.takeTurn());
      expect(deviation).toBeLessThanOrEqual(
        Math.max(1, largestDeviation(weights, smoothWeightedRoundRobin(weights))),
      );
    }
  });
});

describe('a list that changes', () => {
  it('is a ring where all weights are the same, whoever comes and goes', () => {
    const step = fc.tuple(fc.constantFrom('serve', 'serve', 'toggle'), fc.nat(12));
    const equal = fc.constantFrom(1, 2, 3, 7, 10, 0xffffffff);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), equal, (steps, weight) => {
        const schedule = new FairSchedule();
        const ring: number[] = [];
        for (const [kind, seat] of steps) {
          if (kind === 'serve') {
            if (ring.length === 0) continue;
            expect(schedule.takeTurn()).toBe(ring[0]);
            ring.push(ring.shift()!);
          } else if (ring.includes(seat)) {
            schedule.remove(seat);
            ring.splice(ring.indexOf(seat), 1);
          } else {
            schedule.add(seat, weight);
            ring.push(seat);
          }
          expect(schedule.size).toBe(ring.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  const change = fc.tuple(fc.nat(120), anyWeight, fc.nat(5));

  /** Adds, reweighs or removes; takes turns in between. */
  function apply(
    schedule: FairSchedule,
    weights: Map<number, number>,
    [seat, weight, turns]: readonly [number, number, number],
  ): void {
    if (weights.has(seat) && turns < 2) {
      schedule.remove(seat);
      weights.delete(seat);
    } else {
      if (weights.has(seat)) schedule.reweigh(seat, weight);
      else schedule.add(seat, weight);
      weights.set(seat, weight);
    }
    for (let turn = 0; turn < turns && weights.size > 0; turn++) {
      expect(weights.has(schedule.takeTurn())).toBe(true);
    }
    expect(schedule.size).toBe(weights.size);
  }

  it('is even again after any changes, with few different weights and with many', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 250 }), (changes) => {
        const schedule = scheduleOf([]);
        const weights = new Map<number, number>([[999, 1]]);
        schedule.add(999, 1);
        for (const each of changes) apply(schedule, weights, each);
        const total = sumOf([...weights.values()]);
        const counts = new Map<number, number>();
        for (let turn = 0; turn < 800; turn++) {
          const seat = schedule.takeTurn();
          counts.set(seat, (counts.get(seat) ?? 0) + 1);
        }
        for (const [seat, weight] of weights) {
          expect(Math.abs((counts.get(seat) ?? 0) - (800 * weight) / total)).toBeLessThan(10);
        }
      }),
    );
  });

  it('goes on as if turns that were undone had never been taken', () => {
    const ahead = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(fc.array(fc.tuple(change, ahead), { minLength: 1, maxLength: 150 }), (steps) => {
        const [schedule, untouched] = [new FairSchedule(), new FairSchedule()];
        const [weights, same] = [new Map<number, number>(), new Map<number, number>()];
        for (const [each, turns] of steps) {
          apply(schedule, weights, each);
          apply(untouched, same, each);
          if (weights.size === 0) continue;
          const taken = Array.from({ length: turns }, () => schedule.takeTurn());
          for (const seat of taken.toReversed()) schedule.undoTurn(seat);
          expect(schedule.takeTurn()).toBe(untouched.takeTurn());
        }
      }),
      { numRuns: 200 },
    );
  });

  it('keeps a seat that is alone with its weight on its way when its weight changes', () => {
    const schedule = scheduleOf([1000, 1]);
    const early = Array.from({ length: 400 }, () => schedule.takeTurn());
    expect(early).not.toContain(1);
    for (let round = 0; round < 400; round++) {
      schedule.reweigh(1, 2 - (round % 2));
      schedule.takeTurn();
    }
    const counts = [0, 0];
    for (let turn = 0; turn < 3003; turn++) counts[schedule.takeTurn()]!++;
    expect(Math.abs(counts[1]! - 3)).toBeLessThanOrEqual(1);
  });

  it('starts anew where all have left', () => {
    const schedule = scheduleOf([3, 2]);
    for (let turn = 0; turn < 3; turn++) schedule.takeTurn();
    schedule.remove(0);
    schedule.remove(1);
    expect(schedule.size).toBe(0);
    schedule.add(5, 2);
    schedule.add(6, 1);
    expect(Array.from({ length: 6 }, () => schedule.takeTurn())).toEqual([5, 6, 5, 5, 6, 5]);
  });
});

describe('precision', () => {
  it('does not suffer when heavy seats join after a long time of light ones', () => {
    const schedule = scheduleOf([1]);
    for (let turn = 0; turn < 2 ** 20; turn++) schedule.takeTurn();
    const weights = [1, 0xffffffff, 0xfffffffe, 0x7fffffff, 0xffffffff];
    for (let seat = 1; seat < weights.length; seat++) schedule.add(seat, weights[seat]!);
    const total = sumOf(weights);
    const counts = weights.map(() => 0);
    for (let turns = 1; turns <= 5000; turns++) {
      counts[schedule.takeTurn()]!++;
      const deviations = counts.map((count, seat) => Math.abs(count - (turns * weights[seat]!) / total));
      expect(Math.max(...deviations)).toBeLessThan(2);
    }
  });

  it('is exact with sums far above 2^32', () => {
    const weights = Array.from({ length: 4000 }, (_, seat) => 0xffffffff - (seat % 40) * 0x1000000);
    const schedule = scheduleOf(weights);
    const total = sumOf(weights);
    const counts = weights.map(() => 0);
    for (let turn = 0; turn < 40_000; turn++) counts[schedule.takeTurn()]!++;
    weights.forEach((weight, seat) => {
      expect(Math.abs(counts[seat]! - (40_000 * weight) / total)).toBeLessThan(4);
    });
  });
});
