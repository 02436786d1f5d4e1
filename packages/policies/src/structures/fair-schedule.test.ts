import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NaiveSchedule } from '../testing/naive-schedule.fixture.ts';
import {
  largestDeviation,
  smoothWeightedRoundRobin,
} from '../testing/smooth-weighted-round-robin.fixture.ts';
import { FairSchedule } from './fair-schedule.ts';
import { Ring } from './ring.ts';

function scheduleOf(weights: readonly number[]): FairSchedule {
  const schedule = new FairSchedule();
  weights.forEach((weight, seat) => schedule.add(seat, weight));
  return schedule;
}

function serveNext(schedule: FairSchedule): number {
  const head: number[] = [];
  schedule.list(1, head);
  schedule.serve(head[0]!);
  return head[0]!;
}

function sumOf(weights: readonly number[]): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}

const anyWeight = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 9 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 300 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 0xffffffff }) },
);
const anyWeights = fc.array(anyWeight, { minLength: 1, maxLength: 25 });

describe('evenness of the list (RFC 5356 section 4.2.2)', () => {
  it('after any number of selections each seat had its share of them, rounded down or up', () => {
    fc.assert(
      fc.property(anyWeights, (weights) => {
        const schedule = scheduleOf(weights);
        const total = sumOf(weights);
        const counts = weights.map(() => 0);
        for (let selections = 1; selections <= 600; selections++) {
          counts[serveNext(schedule)]!++;
          const off = weights.findIndex((weight, seat) => {
            const share = (selections * weight) / total;
            return counts[seat]! < Math.floor(share) || counts[seat]! > Math.ceil(share);
          });
          expect(off).toBe(-1);
        }
      }),
    );
  });

  it('two turns of a seat are less than twice the ideal interval apart', () => {
    fc.assert(
      fc.property(anyWeights, (weights) => {
        const schedule = scheduleOf(weights);
        const total = sumOf(weights);
        const lastTurns = new Map<number, number>();
        for (let selection = 0; selection < 600; selection++) {
          const seat = serveNext(schedule);
          const gap = selection - (lastTurns.get(seat) ?? selection - 1);
          expect(gap).toBeLessThan((2 * total) / weights[seat]!);
          lastTurns.set(seat, selection);
        }
      }),
    );
  });

  it('the ratio of the weights is exact over each round of the list', () => {
    const small = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(small, fc.integer({ min: 1, max: 1e8 }), (weights, factor) => {
        const schedule = scheduleOf(weights.map((weight) => weight * factor));
        for (let round = 1; round <= 3; round++) {
          const counts = weights.map(() => 0);
          for (let selection = 0; selection < sumOf(weights); selection++) counts[serveNext(schedule)]!++;
          expect(counts).toEqual(weights);
        }
      }),
    );
  });

  it('spreads as the well-known example of smooth weighted round robin does', () => {
    const schedule = scheduleOf([5, 1, 1]);
    const round = Array.from({ length: 7 }, () => 'abc'[serveNext(schedule)]).join('');
    expect(round).toBe('abaacaa');
    const other = scheduleOf([2, 1, 1]);
    expect(Array.from({ length: 8 }, () => 'abc'[serveNext(other)]).join('')).toBe('abacabac');
  });

  it('stays below a deviation of one where smooth weighted round robin does not', () => {
    const weights = [3, 1, 7, 1, 7, 7];
    expect(largestDeviation(weights, smoothWeightedRoundRobin(weights))).toBeGreaterThan(1);
    const schedule = scheduleOf(weights);
    expect(largestDeviation(weights, () => serveNext(schedule))).toBeLessThan(1);
  });
});

describe('a list that changes', () => {
  const weight = fc.integer({ min: 1, max: 6 });

  function listOf(schedule: FairSchedule): number[] {
    const listed: number[] = [];
    schedule.list(Infinity, listed);
    return listed;
  }

  /** Compares the lists; false where rounding may have decided a tie the other way, so that they go on differently. */
  function sameUpToTies(schedule: FairSchedule, naive: NaiveSchedule): boolean {
    const listed = listOf(schedule);
    const expected = naive.list();
    expect(listed).toHaveLength(expected.length);
    const difference = listed.findIndex((each, index) => each !== expected[index]);
    if (difference < 0) return true;
    expect(naive.tie(listed[difference]!, expected[difference]!)).toBe(true);
    return false;
  }

  it('is that of the definition with exact fractions as long as only turns are taken', () => {
    fc.assert(
      fc.property(fc.array(weight, { minLength: 1, maxLength: 8 }), (weights) => {
        const schedule = scheduleOf(weights);
        const naive = new NaiveSchedule();
        weights.forEach((each, seat) => naive.add(seat, each));
        for (let selection = 0; selection < 60; selection++) {
          expect(listOf(schedule)).toEqual(naive.list());
          naive.serve(serveNext(schedule));
        }
      }),
    );
  });

  it('is that of the definition with exact fractions up to ties', () => {
    const step = fc.tuple(fc.constantFrom('serve', 'serve', 'serve', 'toggle', 'reweigh'), fc.nat(7), weight);
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        const schedule = new FairSchedule();
        const naive = new NaiveSchedule();
        for (const [kind, seat, weight] of steps) {
          const present = schedule.has(seat);
          if (kind === 'toggle') {
            if (present) schedule.remove(seat);
            else schedule.add(seat, weight);
            if (present) naive.remove(seat);
            else naive.add(seat, weight);
          } else if (kind === 'reweigh' && present) {
            schedule.reweigh(seat, weight);
            naive.reweigh(seat, weight);
          } else if (kind === 'serve' && schedule.size > 0) {
            naive.serve(serveNext(schedule));
          }
          if (!sameUpToTies(schedule, naive)) return;
        }
      }),
      { numRuns: 400 },
    );
  });

  it.each(['add', 'remove', 'reweigh'] as const)(
    'is that of the definition after %s in the middle of a round',
    (change) => {
      const wide = fc.integer({ min: 1, max: 40 });
      fc.assert(
        fc.property(
          fc.array(wide, { minLength: 3, maxLength: 5 }),
          fc.nat(30),
          wide,
          (weights, turns, other) => {
            const schedule = scheduleOf(weights);
            const naive = new NaiveSchedule();
            weights.forEach((each, seat) => naive.add(seat, each));
            for (let turn = 0; turn < turns; turn++) naive.serve(serveNext(schedule));
            for (const list of [schedule, naive]) list[change](change === 'add' ? 9 : 0, other);
            for (let turn = 0; turn < 20 && sameUpToTies(schedule, naive); turn++)
              naive.serve(serveNext(schedule));
          },
        ),
        { numRuns: 300 },
      );
    },
  );

  it('is a ring where all weights are the same, whoever comes and goes', () => {
    const step = fc.tuple(fc.constantFrom('serve', 'serve', 'toggle'), fc.nat(12));
    const equal = fc.constantFrom(1, 2, 3, 7, 10, 0xffffffff);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), equal, (steps, weight) => {
        const schedule = new FairSchedule();
        const ring = new Ring();
        for (const [kind, seat] of steps) {
          if (kind === 'toggle' && schedule.has(seat)) {
            schedule.remove(seat);
            ring.remove(seat);
          } else if (kind === 'toggle') {
            schedule.add(seat, weight);
            ring.append(seat);
          } else if (schedule.size > 0) {
            serveNext(schedule);
            ring.advance(1);
          }
          const listed: number[] = [];
          schedule.list(Infinity, listed);
          const expected: number[] = [];
          ring.list(Infinity, expected);
          expect(listed).toEqual(expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is even again after any changes', () => {
    const step = fc.tuple(fc.nat(9), anyWeight, fc.nat(5));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 80 }), (steps) => {
        const schedule = new FairSchedule();
        const weights = new Map<number, number>();
        schedule.add(99, 1);
        weights.set(99, 1);
        for (const [seat, weight, turns] of steps) {
          if (weights.has(seat) && turns === 0) {
            schedule.remove(seat);
            weights.delete(seat);
          } else {
            if (weights.has(seat)) schedule.reweigh(seat, weight);
            else schedule.add(seat, weight);
            weights.set(seat, weight);
          }
          for (let turn = 0; turn < turns; turn++) serveNext(schedule);
        }
        const total = sumOf([...weights.values()]);
        const counts = new Map<number, number>();
        for (let selections = 1; selections <= 400; selections++) {
          const served = serveNext(schedule);
          counts.set(served, (counts.get(served) ?? 0) + 1);
          let largest = 0;
          for (const [seat, weight] of weights) {
            const deviation = (counts.get(seat) ?? 0) - (selections * weight) / total;
            largest = Math.max(largest, Math.abs(deviation));
          }
          expect(largest).toBeLessThan(3);
        }
      }),
    );
  });

  it('puts a newcomer at the tail, but lets it wait no longer than an interval of its own', () => {
    const schedule = scheduleOf([1, 1, 1]);
    serveNext(schedule);
    schedule.add(3, 1);
    expect(Array.from({ length: 5 }, () => serveNext(schedule))).toEqual([1, 2, 0, 3, 1]);
    schedule.add(4, 1000);
    const next = Array.from({ length: 10 }, () => serveNext(schedule));
    expect(next.filter((seat) => seat === 4).length).toBeGreaterThanOrEqual(8);
  });
});

describe('precision', () => {
  const longTime = 2 ** 22;

  it('does not suffer when heavy seats join after a long time of light ones', () => {
    const schedule = scheduleOf([1]);
    for (let selection = 0; selection < longTime; selection++) serveNext(schedule);
    const weights = [1, 0xffffffff, 0xfffffffe, 0x7fffffff, 0xffffffff];
    for (let seat = 1; seat < weights.length; seat++) schedule.add(seat, weights[seat]!);
    const total = sumOf(weights);
    const counts = weights.map(() => 0);
    for (let selections = 1; selections <= 5000; selections++) {
      counts[serveNext(schedule)]!++;
      const deviations = counts.map((count, seat) => Math.abs(count - (selections * weights[seat]!) / total));
      expect(Math.max(...deviations)).toBeLessThan(2);
    }
  });

  it('keeps the turns of seats that wait through a restart of virtual time', () => {
    const schedule = scheduleOf([1, 1, 1]);
    for (let selection = 0; selection < 3 * 10_000 + 1; selection++) serveNext(schedule);
    schedule.add(3, 0xffffffff);
    schedule.remove(3);
    expect(Array.from({ length: 7 }, () => serveNext(schedule))).toEqual([1, 2, 0, 1, 2, 0, 1]);
  });

  it('keeps the ring of equal weights through a restart of virtual time', () => {
    const schedule = scheduleOf([0x7fffffff, 0x7fffffff, 0x7fffffff]);
    schedule.add(3, 1);
    schedule.remove(0);
    schedule.remove(1);
    schedule.remove(2);
    for (let selection = 0; selection < 40_000; selection++) serveNext(schedule);
    for (const seat of [0, 1, 2]) schedule.add(seat, 1);
    serveNext(schedule);
    for (const seat of [0, 1, 2, 3]) schedule.reweigh(seat, 0xffffffff);
    const round = Array.from({ length: 4 }, () => serveNext(schedule));
    expect(new Set(round).size).toBe(4);
    expect(Array.from({ length: 4000 }, () => serveNext(schedule))).toEqual(
      Array.from({ length: 4000 }, (_, index) => round[index % 4]),
    );
  });
});
