import { describe, expect, it } from 'vitest';
import { checkParameters } from './check-parameters.ts';
import type { RunParameters } from './parameters.ts';
import { simulateRun } from './simulate-run.ts';

/** A run that is short, since a test of behaviour needs no confidence interval. */
const short = (values: Partial<RunParameters>): RunParameters =>
  checkParameters({ warmup: 60, duration: 300, poolElements: 4, poolUsers: 12, ...values });

describe('a run of the evaluation', () => {
  it('gives the same result for the same seed, bit for bit, and another one for another seed', () => {
    const parameters = short({ mtbf: 3, clean: 0.3, policy: 'Random' });
    const result = simulateRun(parameters, 7);
    expect(simulateRun(parameters, 7)).toEqual(result);
    expect(simulateRun(parameters, 8)).not.toEqual(result);
  });

  it.each(['2009', '2005', 'rfc'] as const)('does not depend on encoding what is sent: model %s', (model) => {
    const parameters = short({ model, mtbf: 3, downtime: 5, clean: 0.3, cookie: 1e6, registrars: 2 });
    expect(simulateRun({ ...parameters, encode: true }, 3)).toEqual(simulateRun(parameters, 3));
  });

  it('completes requests, and takes from their size and their times what the metrics tell', () => {
    const { metrics, sums } = simulateRun(short({}), 1);
    expect(metrics.completedRequests).toBeGreaterThan(10);
    expect(metrics.handlingTime).toBeCloseTo(
      metrics.queuingDelay + metrics.startupDelay + metrics.processingTime,
      9,
    );
    // Resolution and request take a round trip each.
    expect(metrics.startupDelay).toBeCloseTo(0.04, 9);
    expect(sums['totalDone']).toBeCloseTo(
      (sums['totalCompleted'] ?? 0) + (sums['totalLost'] ?? 0) + (sums['totalInProgress'] ?? 0),
      -1,
    );
  });
});
