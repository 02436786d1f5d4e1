import type { MetricName } from './metrics.ts';
import type { RunParameters } from './parameters.ts';
import type { RunCounters } from './run-counters.ts';

/**
 * The metrics of a run: ratios are ratios of sums, as in the papers. What has no cases has no mean: it is `NaN`.
 *
 * @param counters - What was counted in the measured time.
 * @param parameters - The parameters of the run.
 */
export function runMetrics(counters: RunCounters, parameters: RunParameters): Record<MetricName, number> {
  const { capacityMean, duration } = parameters;
  const { completed, completedSize, queuingMs, startupMs, processingMs } = counters;
  const handlingMs = queuingMs + startupMs + processingMs;
  const mean = (sumMs: number): number => ratio(sumMs / 1000, completed);
  const speed = (sumMs: number): number => ratio(100 * completedSize, (sumMs / 1000) * capacityMean);
  const packets = counters.asapPackets + counters.enrpPackets;
  const answered = counters.accepted + counters.rejected;
  return {
    utilization: ratio(100 * counters.done, counters.possible),
    handlingSpeed: speed(handlingMs),
    processingSpeed: speed(processingMs),
    startupSpeed: speed(startupMs),
    queuingDelay: mean(queuingMs),
    startupDelay: mean(startupMs),
    processingTime: mean(processingMs),
    handlingTime: mean(handlingMs),
    failoverTime: ratio(counters.failoverMs / 1000, counters.failovers),
    completedRequests: completed,
    generatedRequests: counters.generated,
    rejectedRequests: counters.rejected,
    acceptance: ratio(100 * counters.accepted, answered),
    asapPackets: counters.asapPackets,
    asapPacketsPerSecond: counters.asapPackets / duration,
    enrpPackets: counters.enrpPackets,
    applicationPackets: counters.applicationPackets,
    cookies: counters.cookies,
    cookieEchoes: counters.cookieEchoes,
    handleResolutionsPerRequest: ratio(counters.handleResolutions, completed),
    overheadPerCalculation: ratio(packets, completedSize),
    goodput: counters.secured,
    lostCalculations: counters.lost,
    completedCalculations: completedSize,
    failures: counters.failures,
    failovers: counters.failovers,
    events: counters.events,
  };
}

function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? Number.NaN : numerator / denominator;
}
