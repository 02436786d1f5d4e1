import { describe, expect, it } from 'vitest';
import { checkParameters } from '../evaluation/check-parameters.ts';
import type { RunParameters } from '../evaluation/parameters.ts';
import { pictureFailover } from './picture-failover.ts';

const pool: Partial<RunParameters> = {
  poolElements: 5,
  poolUsers: 20,
  requestInterval: 40,
  warmup: 30,
  duration: 100,
  mtbf: 5,
  cookie: 2e6,
  maxBadPeReports: 3,
};

/** What happens, in the order of the chart. */
function storyOf(values: Partial<RunParameters>, seed: number): readonly string[] {
  const picture = pictureFailover(checkParameters({ ...pool, ...values }), seed);
  return (picture?.chart.rows ?? []).map((row) => {
    if (row.type === 'message') return `${row.from} > ${row.to}: ${row.label}${row.isLost ? ' (lost)' : ''}`;
    return row.type === 'note' ? `${row.at} ${row.label}` : row.label;
  });
}

describe('the chart of a failover', () => {
  it('shows failure, keep-alive timeout, report, resolution, cookie echo and acceptance', () => {
    expect(storyOf({}, 1)).toEqual([
      'element 2 > user 14: ASAP_COOKIE',
      expect.stringMatching(/^\d+ keep-alives and answers in \d+\.\d s$/u),
      'element 2 fails',
      'registrar 1 > element 2: ASAP_ENDPOINT_KEEP_ALIVE (lost)',
      'user 14 > element 2: CALCAPP_KEEP_ALIVE (lost)',
      expect.stringMatching(/^registrar 1 removed: element 2: /u),
      'user 14 session keep-alive timeout',
      'user 14 > registrar 1: ASAP_ENDPOINT_UNREACHABLE',
      'user 14 > registrar 1: ASAP_HANDLE_RESOLUTION',
      'registrar 1 > user 14: ASAP_HANDLE_RESOLUTION_RESPONSE',
      'user 14 > element 4: ASAP_COOKIE_ECHO',
      expect.stringMatching(/^element 4 accepted: request 1 at \d+ of \d+$/u),
      'element 4 > user 14: CALCAPP_ACCEPT',
    ]);
  });

  it.each([2, 3, 4, 5, 6])(
    'ends with the acceptance by an element that the lost one is not (seed %i)',
    (seed) => {
      const picture = pictureFailover(checkParameters({ ...pool, endpointKeepalive: 10 }), seed);
      expect(picture).toBeDefined();
      const { failover, chart } = picture ?? { failover: undefined, chart: undefined };
      expect(failover?.next).not.toBe(failover?.lost);
      expect(failover?.acceptedAt).toBeGreaterThan(failover?.failedAt ?? Infinity);
      expect(chart?.rows.at(-1)).toMatchObject({ label: 'CALCAPP_ACCEPT', from: failover?.next });
      const times = (chart?.rows ?? []).flatMap((row) => (row.type === 'gap' ? [] : [row.time]));
      expect(times).toEqual(times.toSorted((one, other) => one - other));
    },
  );

  it('is none where nothing fails', () => {
    expect(pictureFailover(checkParameters({ ...pool, mtbf: 'never' }), 1)).toBeUndefined();
  });
});
