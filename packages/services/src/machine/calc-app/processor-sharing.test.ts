import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProcessorSharing } from './processor-sharing.ts';

const job = (jobSize: number, completed = 0): { jobSize: number; completed: number } => ({
  jobSize,
  completed,
});

describe('processor sharing', () => {
  it('gives one job the whole capacity', () => {
    const processor = new ProcessorSharing(1000);
    const alone = job(500);
    processor.add(alone, 0);
    expect(processor.timeOf(alone, 500)).toBe(500);
    processor.advance(200);
    expect(alone.completed).toBe(200);
    expect(processor.hasReached(alone, 500)).toBe(false);
  });

  it('gives each of two jobs half of it, and the one that is left all of it', () => {
    const processor = new ProcessorSharing(1000);
    const [short, long] = [job(100), job(300)];
    processor.add(short, 0);
    processor.add(long, 0);
    expect(processor.timeOf(short, 100)).toBe(200);
    expect(processor.timeOf(long, 300)).toBe(600);
    processor.remove(short, 200);
    expect(short.completed).toBe(100);
    expect(processor.timeOf(long, 300)).toBe(400);
  });

  it('goes on from what is done', () => {
    const processor = new ProcessorSharing(1000);
    const resumed = job(300, 250);
    processor.add(resumed, 10);
    expect(processor.timeOf(resumed, 300)).toBe(60);
  });

  it('never does more than there is to do, nor counts it', () => {
    const processor = new ProcessorSharing(1000);
    const small = job(5);
    processor.add(small, 0);
    processor.advance(1000);
    expect(small.completed).toBe(5);
    expect(processor.performed).toBe(5);
  });

  it('comes to what counting millisecond by millisecond comes to', () => {
    const changes = fc.array(
      fc.record({ afterMs: fc.integer({ min: 0, max: 50 }), size: fc.integer({ min: 1, max: 200 }) }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(changes, (arrivals) => {
        const processor = new ProcessorSharing<{ jobSize: number; completed: number }>(1000);
        const real: { jobSize: number; completed: number }[] = [];
        const naive: { jobSize: number; completed: number }[] = [];
        let now = 0;
        for (const { afterMs, size } of arrivals) {
          for (let ms = 0; ms < afterMs; ms++) {
            const share = naive.length === 0 ? 0 : 1 / naive.length;
            for (const work of naive) work.completed = Math.min(work.jobSize, work.completed + share);
          }
          now += afterMs;
          real.push(job(size));
          naive.push(job(size));
          processor.add(real.at(-1) ?? job(0), now);
        }
        for (const [index, { completed }] of real.entries())
          expect(completed).toBeCloseTo(naive[index]?.completed ?? NaN, 6);
      }),
    );
  });
});
