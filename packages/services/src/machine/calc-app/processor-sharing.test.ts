import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProcessorSharing, type SharedJob } from './processor-sharing.ts';

interface NamedJob extends SharedJob {
  readonly name: number;
}

const job = (name: number, size: number, from = 0): NamedJob => ({
  name,
  size,
  from,
  startedAt: 0,
  cookieAt: Infinity,
});

/** When each job is complete, by taking the work of every job down step by step. */
function naiveCompletions(
  arrivals: readonly { at: number; size: number }[],
  perMs: number,
): Map<number, number> {
  const left = new Map<number, number>();
  const completions = new Map<number, number>();
  let now = 0;
  let next = 0;
  while (next < arrivals.length || left.size > 0) {
    const arrival = arrivals[next]?.at ?? Infinity;
    const least = Math.min(...left.values());
    const completion = left.size === 0 ? Infinity : now + (least * left.size) / perMs;
    const until = Math.min(arrival, completion);
    for (const [name, work] of left) left.set(name, work - ((until - now) * perMs) / left.size);
    now = until;
    for (const [name, work] of left) {
      if (work > 1e-6) continue;
      left.delete(name);
      completions.set(name, now);
    }
    if (arrival <= until) {
      left.set(next, arrivals[next]?.size ?? 0);
      next += 1;
    }
  }
  return completions;
}

describe('a processor that requests share', () => {
  it('completes each when the work is taken down step by step', () => {
    const arrival = fc.record({ at: fc.nat(2000), size: fc.integer({ min: 1, max: 100_000 }) });
    fc.assert(
      fc.property(fc.array(arrival, { minLength: 1, maxLength: 12 }), (unsorted) => {
        const arrivals = unsorted.toSorted((a, b) => a.at - b.at);
        const sharing = new ProcessorSharing<NamedJob>(50_000);
        const completions = new Map<number, number>();
        let next = 0;
        while (next < arrivals.length || sharing.count > 0) {
          const at = Math.min(arrivals[next]?.at ?? Infinity, sharing.next);
          sharing.advance(at);
          for (let due = sharing.due(); due !== undefined; due = sharing.due()) {
            sharing.remove(due);
            completions.set(due.name, at);
          }
          if (arrivals[next]?.at === at) {
            sharing.add(job(next, arrivals[next]?.size ?? 0));
            next += 1;
          }
        }
        const expected = naiveCompletions(arrivals, 50);
        expect(completions.size).toBe(expected.size);
        for (const [name, at] of expected) expect(completions.get(name)).toBeCloseTo(at, 3);
        const work = arrivals.reduce((sum, { size }) => sum + size, 0);
        expect(sharing.done).toBeCloseTo(work, 0);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('does not count what a late timer adds to a job that is done', () => {
    const sharing = new ProcessorSharing<NamedJob>(1000);
    const only = job(1, 5);
    sharing.add(only);
    sharing.advance(1000);
    expect(sharing.progress(only)).toBe(5);
    sharing.remove(only);
    expect(sharing.done).toBeCloseTo(5, 6);
  });

  it('finds what is due after years, when times are rounded to more than a calculation', () => {
    const sharing = new ProcessorSharing<NamedJob>(1e9);
    const years = 1e11;
    sharing.advance(years + 0.1);
    const only = job(1, 12_345_678.9);
    sharing.add(only);
    sharing.advance(sharing.next);
    expect(sharing.due()).toBe(only);
  });

  it('goes on where a request was, and stops at each cookie', () => {
    const sharing = new ProcessorSharing<NamedJob>(1000);
    const only = job(1, 100, 40);
    only.cookieAt = 60;
    sharing.add(only);
    expect(sharing.next).toBeCloseTo(20, 6);
    sharing.advance(20);
    expect(sharing.due()).toBe(only);
    expect(sharing.isComplete(only)).toBe(false);
    expect(sharing.progress(only)).toBeCloseTo(60, 6);
    only.cookieAt = Infinity;
    sharing.changed();
    expect(sharing.due()).toBeUndefined();
    expect(sharing.next).toBeCloseTo(60, 6);
    sharing.advance(60);
    expect(sharing.isComplete(only)).toBe(true);
  });
});
