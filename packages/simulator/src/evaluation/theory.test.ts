import { describe, expect, it } from 'vitest';
import { cookieInterval } from '../experiment/formula/cookie-interval.ts';
import type { RunParameters } from './parameters.ts';
import { deviation, mean, replicate } from './replicate.fixture.ts';

/** What counts as agreement: the 99 % interval, since there are many tests. */
const agreement = 1.5;

/** Many users, so that requests come as a Poisson process and hardly any waits for its own user. */
const queueing: Partial<RunParameters> = {
  poolUsers: 300,
  size: 1e5,
  maxRequests: 1000,
  cookie: 'never',
  jobKeepalive: 100,
  jobKeepaliveTimeout: 100,
  endpointKeepalive: 30,
  warmup: 90,
};

describe('without failures', () => {
  it('every policy does the work that is asked for, but by wide margins not equally fast', () => {
    const cells = (['LeastUsed', 'RoundRobin', 'Random'] as const).map((policy) =>
      replicate({ policy, warmup: 150, duration: 1200 }, 5),
    );
    for (const results of cells) {
      const utilization = mean(results, ({ metrics }) => metrics.utilization);
      expect(deviation(utilization, 60)).toBeLessThan(agreement);
      expect(utilization.halfWidth).toBeLessThan(6);
      for (const { metrics } of results) expect(metrics.lostCalculations).toBe(0);
    }
    const speeds = cells.map((results) => mean(results, ({ metrics }) => metrics.handlingSpeed));
    const widest = Math.max(...speeds.map(({ halfWidth }) => halfWidth ?? Infinity));
    const [leastUsed = 0, roundRobin = 0, random = 0] = speeds.map((speed) => speed.mean ?? 0);
    expect(leastUsed - roundRobin).toBeGreaterThan(1.5 * widest);
    expect(roundRobin - random).toBeGreaterThan(1.5 * widest);
  });

  it.each([
    [0.3, 600, 6, 'exponential'],
    [0.6, 600, 6, 'exponential'],
    [0.9, 1200, 8, 'exponential'],
    [0.6, 600, 6, 'constant'],
  ] as const)(
    'one server with Poisson arrivals is M/G/1 processor sharing: load %f, %d s, %d runs, %s sizes',
    (targetUtilization, duration, seeds, sizeDistribution) => {
      const cell = { ...queueing, poolElements: 1, targetUtilization, duration, sizeDistribution };
      const sojourn = mean(replicate(cell, seeds), ({ metrics }) => metrics.processingTime);
      // size / (capacity (1 - load)), whatever the distribution of the sizes.
      const theory = 0.1 / (1 - targetUtilization);
      expect(deviation(sojourn, theory)).toBeLessThan(agreement);
      expect((sojourn.halfWidth ?? Infinity) / theory).toBeLessThan(0.2);
    },
  );

  it('two servers with a random choice between them are two such queues', () => {
    const cell = {
      ...queueing,
      poolElements: 2,
      policy: 'Random',
      targetUtilization: 0.6,
      duration: 900,
    } as const;
    const sojourn = mean(replicate(cell, 8), ({ metrics }) => metrics.processingTime);
    expect(deviation(sojourn, 0.1 / (1 - 0.6))).toBeLessThan(agreement);
    expect(sojourn.halfWidth).toBeLessThan(0.03);
  });
});

describe('the work that failures cost', () => {
  /** Elements that always have exactly one request, far longer than they live. */
  const busy: Partial<RunParameters> = {
    poolElements: 5,
    poolUsers: 5,
    loop: 'closed',
    thinkTime: 0,
    size: 1e9,
    sizeDistribution: 'constant',
    mtbfSize: 1e7,
    maxRequests: 1,
    maxBadPeReports: 1,
    retryDelay: 0.01,
    warmup: 100,
    duration: 3600,
  };

  it('is what equation (1) of the 2009 paper says, where cookies are frequent beside failures', () => {
    const goodput = 0.99;
    const cookie = cookieInterval(5 * 10, 1e6, goodput);
    const results = replicate({ ...busy, mtbf: 5, cookie }, 6);
    const kept = mean(results, ({ sums, metrics }) => 1 - metrics.lostCalculations / (sums['done'] ?? 0));
    expect(deviation(kept, goodput)).toBeLessThan(agreement);
    expect(kept.halfWidth).toBeLessThan(0.002);
  });

  it('is less where cookies are rare, since fewer failures come late in an interval', () => {
    const [uptime, interval] = [20, 15];
    const results = replicate({ ...busy, mtbf: 2, cookie: interval * 1e6 }, 6);
    const kept = mean(results, ({ sums, metrics }) => 1 - metrics.lostCalculations / (sums['done'] ?? 0));
    // The mean of what is left of an exponential time modulo the interval, where the equation has half an interval.
    const lost = uptime - interval / Math.expm1(interval / uptime);
    expect(deviation(kept, 1 - lost / uptime)).toBeLessThan(agreement);
    expect(deviation(kept, 1 - interval / 2 / uptime)).toBeGreaterThan(agreement);
  });
});
