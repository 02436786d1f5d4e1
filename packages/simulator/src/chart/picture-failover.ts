import type { RunParameters } from '../evaluation/parameters.ts';
import { simulateRun } from '../evaluation/simulate-run.ts';
import type { RunTraceLine } from '../evaluation/run-trace.ts';
import { failoverChart, windowOf } from './failover-chart.ts';
import { FailoverFinder, type FoundFailover } from './failover-finder.ts';
import type { SequenceChart } from './sequence-chart.ts';

/** A failover of a run, and the chart of it. */
export interface FailoverPicture {
  readonly failover: FoundFailover;
  readonly chart: SequenceChart;
}

/**
 * Simulates a run and draws the first failover after the warm-up. The run is simulated twice, since the trace of a whole
 * run is far too large to be kept.
 *
 * @param parameters - The run.
 * @param seed - Its seed.
 * @param from - From when on a failure counts, in seconds; the end of the warm-up by default.
 * @returns The failover, or `undefined` where there is none.
 * @throws What {@link simulateRun} throws.
 */
export function pictureFailover(
  parameters: RunParameters,
  seed: number,
  from: number = parameters.warmup,
): FailoverPicture | undefined {
  const finder = new FailoverFinder(from);
  simulateRun(parameters, seed, { trace: (line) => finder.take(line) });
  const failover = finder.found;
  if (failover === undefined) return undefined;
  const window = windowOf(failover);
  const lines: RunTraceLine[] = [];
  simulateRun(parameters, seed, {
    trace: (line) => {
      if (line.time >= window.from && line.time <= window.until) lines.push(line);
    },
  });
  return { failover, chart: failoverChart(failover, lines, parameters.delay / 1000) };
}
