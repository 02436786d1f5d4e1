import { seededRandom } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { CalcAppWorkload } from './calc-app-workload.ts';
import { handlingTimeMs, JobStatistics } from './job-statistics.ts';

describe('the jobs of a CalcApp client', () => {
  it('are due at once and then at constant intervals, where nothing varies', () => {
    const workload = new CalcAppWorkload(
      { jobSize: 10, jobIntervalMs: 50, distribution: 'constant' },
      seededRandom(1),
    );
    expect([workload.next(), workload.next(), workload.next()]).toEqual([
      { jobIdentifier: 1, jobSize: 10, dueMs: 0 },
      { jobIdentifier: 2, jobSize: 10, dueMs: 50 },
      { jobIdentifier: 3, jobSize: 10, dueMs: 100 },
    ]);
  });

  it('have the mean size and the mean interval that were asked for, exponentially distributed', () => {
    const workload = new CalcAppWorkload({ jobSize: 1000, jobIntervalMs: 500 }, seededRandom(3));
    const jobs = Array.from({ length: 20_000 }, () => workload.next());
    const sizes = jobs.map(({ jobSize }) => jobSize);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    expect(mean / 1000).toBeCloseTo(1, 1);
    expect((jobs.at(-1)?.dueMs ?? 0) / (500 * (jobs.length - 1))).toBeCloseTo(1, 1);
    // Of an exponential distribution, e^-1 lies above the mean.
    expect(sizes.filter((size) => size > 1000).length / sizes.length).toBeCloseTo(Math.exp(-1), 1);
  });
});

describe('the statistics of jobs', () => {
  it('are those of the reference: sums divided by sums', () => {
    const statistics = new JobStatistics();
    const first = { jobSize: 1000, queuingDelayMs: 10, startupDelayMs: 40, processingTimeMs: 950 };
    expect(handlingTimeMs(first)).toBe(1000);
    statistics.completed(first);
    statistics.completed({ jobSize: 3000, queuingDelayMs: 0, startupDelayMs: 0, processingTimeMs: 1050 });
    statistics.failed();
    expect(statistics.summary).toEqual({
      completed: 2,
      failed: 1,
      calculations: 4000,
      queuingDelayMs: 5,
      startupDelayMs: 20,
      processingTimeMs: 1000,
      handlingTimeMs: 1025,
      processingSpeed: 2000,
      handlingSpeed: 4000 / 2.05,
    });
  });

  it('are zero without jobs', () => {
    expect(new JobStatistics().summary).toMatchObject({ completed: 0, handlingTimeMs: 0, handlingSpeed: 0 });
  });
});
