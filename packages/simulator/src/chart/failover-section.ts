import { checkParameters } from '../evaluation/check-parameters.ts';
import type { ReportSection } from '../experiment/report/report-page.ts';
import { pictureFailover } from './picture-failover.ts';
import { drawSequenceChart } from './sequence-chart.ts';

/** A small pool of the 2009 paper, in which a failover comes soon. */
const smallPool = {
  poolElements: 5,
  poolUsers: 20,
  requestInterval: 40,
  mtbf: 5,
  cookie: 2e6,
  maxBadPeReports: 3,
  warmup: 30,
  duration: 100,
} as const;

/**
 * The section of the report that shows a failover, message by message.
 *
 * @returns The section; none where the model has no failover in that run.
 */
export function failoverSections(): readonly ReportSection[] {
  const picture = pictureFailover(checkParameters(smallPool), 1);
  if (picture === undefined) return [];
  const { failover, chart } = picture;
  const { user, lost, next, failedAt, acceptedAt } = failover;
  const text = `What all figures are made of: ${lost} fails without a word. Nobody answers ${user} any more, which reports it, resolves the pool handle again and sends its last cookie to ${next}. ${(acceptedAt - failedAt).toFixed(2)} s after the failure the request goes on from what the cookie had secured. A pool of five elements, seed 1; "rserpool-sim trace" prints such a run and draws it.`;
  return [{ title: 'A failover', text, svg: drawSequenceChart(chart) }];
}
