import type { RunTraceLine } from '../evaluation/run-trace.ts';
import type { FoundFailover } from './failover-finder.ts';
import type { ChartRow, ChartTone, SequenceChart } from './sequence-chart.ts';

/** How long before the failure the chart begins at the earliest, in seconds: enough to see the session at work. */
const maximumPreludeSeconds = 20;
/** Without a cookie in that time it begins so long before, in seconds. */
const preludeSeconds = 2.5;
/** So many keep-alives and answers in a row are worth a row each; of more, only how many there were. */
const keepAlivesShown = 4;

/** From when to when a failover is worth looking at, in seconds. */
export function windowOf({ failedAt, lastCookieAt, acceptedAt }: FoundFailover): {
  readonly from: number;
  readonly until: number;
} {
  const isNear = lastCookieAt !== undefined && failedAt - lastCookieAt <= maximumPreludeSeconds;
  return { from: isNear ? lastCookieAt : failedAt - preludeSeconds, until: acceptedAt };
}

/**
 * The sequence chart of a failover.
 *
 * @param failover - The failover.
 * @param lines - The trace; what belongs to others is left out.
 * @param delay - How long a message takes, in seconds: what is under way to an element when it fails is lost as well.
 */
export function failoverChart(
  failover: FoundFailover,
  lines: readonly RunTraceLine[],
  delay: number,
): SequenceChart {
  const { user, registrar, lost, next, failedAt } = failover;
  const { from, until } = windowOf(failover);
  const own = lines.filter((line) => line.time >= from && line.time <= until && belongs(failover, line));
  const rows = own.flatMap((line): readonly ChartRow[] => rowOf(line, failover, delay));
  return {
    title: `${capital(user)} fails over from ${lost} to ${next}: ${lost} fails at ${failedAt.toFixed(3)} s`,
    lifelines: [registrar, user, lost, next].map((name) => ({ name, title: name })),
    rows: withGaps(rows),
  };
}

/** What the user is part of, and what the registrar has to do with the lost element. */
function belongs(
  { user, registrar, lost, next }: FoundFailover,
  { kind, from, to, what, detail }: RunTraceLine,
): boolean {
  if (kind === 'message') {
    if (from === user || to === user) return true;
    return (
      (from === registrar && to === lost) ||
      (from === lost && to === registrar && what !== 'ASAP_REGISTRATION')
    );
  }
  if (from === lost) return what === 'fails';
  if (from === user) return kind === 'timer';
  // The next element accepts others as well.
  if (from === next) return what === 'accepted' && detail.includes(' at ');
  return from === registrar && what === 'removed' && detail.startsWith(`${lost}:`);
}

function rowOf(
  line: RunTraceLine,
  { lost, next, failedAt, acceptedAt }: FoundFailover,
  delay: number,
): readonly ChartRow[] {
  const { kind, time, from, to, what, detail } = line;
  if (kind === 'message') {
    const isLost = to === lost && time + delay > failedAt;
    return [{ type: 'message', time, from, to, label: what, detail, tone: toneOf(what), isLost }];
  }
  // Acceptances of other requests; the one that is shown is the last thing that happens.
  if (from === next && time < acceptedAt) return [];
  const label = what === 'accepted' || what === 'removed' ? `${what}: ${detail}` : what;
  const tone = what === 'accepted' ? 'plain' : 'failure';
  return [{ type: 'note', time, at: from, label, tone, ends: what === 'fails' }];
}

function toneOf(what: string): ChartTone {
  if (what === 'ASAP_COOKIE' || what === 'ASAP_COOKIE_ECHO') return 'cookie';
  return what.startsWith('ASAP_') ? 'control' : 'session';
}

/** Long rows of keep-alives that were answered become one line. */
function withGaps(rows: readonly ChartRow[]): readonly ChartRow[] {
  const shown: ChartRow[] = [];
  let quiet: Extract<ChartRow, { type: 'message' }>[] = [];
  const flush = (): void => {
    const first = quiet[0];
    const last = quiet.at(-1);
    if (first === undefined || last === undefined || quiet.length <= keepAlivesShown) shown.push(...quiet);
    else {
      const seconds = (last.time - first.time).toFixed(1);
      shown.push({ type: 'gap', label: `${quiet.length} keep-alives and answers in ${seconds} s` });
    }
    quiet = [];
  };
  for (const row of rows) {
    if (row.type === 'message' && !row.isLost && /keep_?alive/iu.test(row.label)) quiet.push(row);
    else {
      flush();
      shown.push(row);
    }
  }
  flush();
  return shown;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
