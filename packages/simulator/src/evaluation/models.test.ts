import { describe, expect, it } from 'vitest';
import { checkParameters } from './check-parameters.ts';
import type { Model, RunParameters } from './parameters.ts';
import type { RunTraceLine } from './run-trace.ts';
import { type RunResult, simulateRun } from './simulate-run.ts';

/** A short run with failures, and everything that happened in it. */
function traced(values: Partial<RunParameters>): RunResult & { lines: RunTraceLine[] } {
  const lines: RunTraceLine[] = [];
  const base = { warmup: 0, duration: 400, poolElements: 4, poolUsers: 16, mtbf: 3, seeds: 1 };
  const { seeds, ...rest } = { ...base, ...values };
  const result = simulateRun(checkParameters(rest), seeds, { trace: (line) => lines.push(line) });
  return { ...result, lines };
}

const named = (lines: readonly RunTraceLine[], what: string): RunTraceLine[] =>
  lines.filter((line) => line.what === what);

/** After how long each thing is followed by the first of another kind. */
function delays(
  lines: readonly RunTraceLine[],
  what: string,
  followedBy: (line: RunTraceLine, cause: RunTraceLine) => boolean,
): number[] {
  return named(lines, what).flatMap((cause) => {
    const effect = lines.find((line) => line.time >= cause.time && followedBy(line, cause));
    return effect === undefined ? [] : [effect.time - cause.time];
  });
}

describe('what the models do differently', () => {
  it('a report has the element probed at once by RFC 5352, and not in the papers', () => {
    // Users are too impatient to hear from elements that live. The interval is so long that every keep-alive is one out
    // of turn.
    const impatient = { requestTimeout: 0.015, mtbf: 'never', endpointKeepalive: 1e6 } as const;
    const probes = (model: Model): number => {
      const cell = { ...impatient, loop: 'closed', thinkTime: 1, duration: 10 } as const;
      const { lines } = traced({ model, ...cell, maxBadPeReports: 'unlimited' });
      expect(named(lines, 'ASAP_ENDPOINT_UNREACHABLE').length).toBeGreaterThan(3);
      return named(lines, 'ASAP_ENDPOINT_KEEP_ALIVE').length;
    };
    expect(probes('2009')).toBe(0);
    expect(probes('2005')).toBe(0);
    expect(probes('rfc')).toBeGreaterThan(3);
  });

  it('the first report removes an element in the papers where the threshold is 1', () => {
    const { lines } = traced({ model: '2009', maxBadPeReports: 1, endpointKeepalive: 1e6 });
    const removals = delays(
      lines,
      'ASAP_ENDPOINT_UNREACHABLE',
      (line, report) => line.what === 'removed' && line.detail.startsWith(report.detail),
    );
    expect(removals.length).toBeGreaterThan(3);
    for (const delay of removals) expect(delay).toBeCloseTo(0.01, 9);
  });

  it('keep-alives to an element come in exact intervals in the papers, also where it registers in between', () => {
    const intervals = (model: Model): Set<string> => {
      const { lines } = traced({ model, mtbf: 'never', endpointKeepalive: 5 });
      const times = named(lines, 'ASAP_ENDPOINT_KEEP_ALIVE')
        .filter(({ to }) => to === 'element 1')
        .map(({ time }) => time);
      expect(named(lines, 'ASAP_REGISTRATION').length).toBeGreaterThan(10);
      return new Set(times.slice(1).map((time, index) => (time - (times[index] ?? 0)).toFixed(6)));
    };
    // Five seconds and the round trip.
    expect([...intervals('2009')]).toEqual(['5.020000']);
    expect(intervals('rfc').size).toBeGreaterThan(3);
  });

  it('an answer lists one element in 2009, four in 2005, and all by RFC 5352', () => {
    const listed = (model: Model): number => {
      const { lines } = traced({ model, poolElements: 6, mtbf: 'never' });
      const answers = named(lines, 'ASAP_HANDLE_RESOLUTION_RESPONSE');
      return Math.max(...answers.map(({ detail }) => detail.split(',').length));
    };
    expect([listed('2009'), listed('2005'), listed('rfc')]).toEqual([1, 4, 6]);
  });

  it('a dead element is noticed by the next keep-alive in the papers, and at once where the transport tells', () => {
    const noticed = (model: Model): number[] =>
      traced({
        model,
        policy: 'RoundRobin',
        jobKeepalive: 5,
        jobKeepaliveTimeout: 5,
        requestTimeout: 5,
      }).lines.flatMap((line, index, lines) => {
        if (line.what !== 'elementLost') return [];
        const death = lines.slice(0, index).findLast(({ what }) => what === 'fails');
        return death === undefined ? [] : [line.time - death.time];
      });
    const silent = noticed('2009');
    expect(silent.length).toBeGreaterThan(3);
    expect(noticed('rfc').filter((delay) => Math.abs(delay - 0.01) < 1e-9).length).toBeGreaterThan(3);
    expect(silent.filter((delay) => Math.abs(delay - 0.01) < 1e-9)).toEqual([]);
  });

  it('a user of the papers may be sent to the same dead element again, until the registrar has found out', () => {
    const { lines } = traced({ model: '2009', endpointKeepalive: 30, policy: 'LeastUsed' });
    const reports = new Map<string, number>();
    for (const { from, detail } of named(lines, 'ASAP_ENDPOINT_UNREACHABLE')) {
      reports.set(`${from} ${detail}`, (reports.get(`${from} ${detail}`) ?? 0) + 1);
    }
    expect(Math.max(...reports.values())).toBeGreaterThan(1);
  });

  it('elements of production send business cards and take their time to leave', () => {
    expect(named(traced({ model: '2009', clean: 1 }).lines, 'ASAP_BUSINESS_CARD')).toEqual([]);
    expect(named(traced({ model: 'rfc', clean: 1 }).lines, 'ASAP_BUSINESS_CARD').length).toBeGreaterThan(3);
  });
});

describe('what all models do', () => {
  it('a clean shutdown loses no work: the next element goes on where the last one was', () => {
    const { lines, metrics, sums } = traced({ clean: 1, cookie: 'never' });
    expect(metrics.failovers).toBeGreaterThan(5);
    expect(metrics.cookieEchoes).toBeGreaterThan(5);
    expect(named(lines, 'CALCAPP_ABORT').length).toBeGreaterThan(5);
    // Cookies have whole numbers: less than a calculation is lost each time.
    expect(metrics.lostCalculations).toBeLessThan(sums['failovers'] ?? 0);
  });

  it('without cookies a request begins anew', () => {
    const restart = traced({ failover: 'restart', cookie: 1e6 });
    const cookie = traced({ failover: 'cookie', cookie: 1e6 });
    expect(restart.metrics.failovers).toBeGreaterThan(5);
    expect([restart.metrics.cookies, restart.metrics.cookieEchoes]).toEqual([0, 0]);
    expect(cookie.metrics.cookieEchoes).toBeGreaterThan(5);
    expect(restart.metrics.lostCalculations).toBeGreaterThan(2 * cookie.metrics.lostCalculations);
  });

  it('an element rejects what is beyond its limit, and the request is accepted later', () => {
    const { metrics } = traced({ maxRequests: 1, policy: 'Random', mtbf: 'never', retryDelay: 1 });
    expect(metrics.rejectedRequests).toBeGreaterThan(5);
    expect(metrics.acceptance).toBeLessThan(100);
    expect(metrics.completedRequests).toBeGreaterThan(5);
  });

  it.each(['2009', 'rfc'] as const)(
    'elements that are gone leave nothing behind at a registrar: model %s',
    (model) => {
      const { metrics, sums } = traced({ model, mtbf: 0.5, clean: 0.3, maxBadPeReports: 1 });
      expect(metrics.failures).toBeGreaterThan(200);
      // Each user and each element has one, and those that died last may still be listed.
      expect(sums['registrarAssociations']).toBeLessThan(2 * (4 + 16));
    },
  );

  it('a cache saves resolutions', () => {
    const cell = { model: '2005', mtbf: 'never', items: 4 } as const;
    expect(traced({ ...cell, staleCache: 30 }).metrics.handleResolutionsPerRequest).toBeLessThan(0.8);
    expect(traced({ ...cell, staleCache: 0 }).metrics.handleResolutionsPerRequest).toBeGreaterThan(0.95);
  });

  it('one more user changes no random number of the others', () => {
    const requests = (poolUsers: number): string[] => {
      const { lines } = traced({ poolUsers, requestInterval: 50, mtbf: 'never' });
      return lines
        .filter(({ from, what }) => from === 'user 3' && what === 'CALCAPP_REQUEST')
        .map(({ time, detail }) => `${time} ${detail.split(', ')[1] ?? ''}`);
    };
    expect(requests(8).length).toBeGreaterThan(2);
    // The first request does not wait for an earlier one, so that its time is the user's alone.
    expect(requests(9)[0]).toBe(requests(8)[0]);
    const sizes = (poolUsers: number): string[] =>
      requests(poolUsers).map((line) => line.split(' of ')[1] ?? '');
    expect(sizes(9).slice(0, 2)).toEqual(sizes(8).slice(0, 2));
  });

  it.each(['LeastUsedWithDegradation', 'WeightedRandom', 'Priority', 'LeastUsedDistance'] as const)(
    'the policy %s serves requests',
    (policy) => {
      const { metrics } = traced({ policy, capacityDistribution: 'uniform', mtbf: 10, cookie: 1e6 });
      expect(metrics.completedRequests).toBeGreaterThan(5);
    },
  );
});
