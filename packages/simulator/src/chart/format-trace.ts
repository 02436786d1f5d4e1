import type { RunTraceLine } from '../evaluation/run-trace.ts';

const timeWidth = 12;
const nameWidth = 14;
const whatWidth = 30;

/** The heading of the columns of {@link formatRunTraceLine}. */
export const runTraceHeading: string = row('time/s', 'from', 'to', 'what', 'detail');

/**
 * One line of a trace in fixed columns: time in seconds with microseconds, who, to whom (empty for what concerns one
 * component alone), what, detail.
 *
 * @param line - The line.
 */
export function formatRunTraceLine({ time, from, to, kind, what, detail }: RunTraceLine): string {
  return row(
    time.toFixed(6),
    from,
    kind === 'message' ? to : '',
    kind === 'timer' ? `timer ${what}` : what,
    detail,
  );
}

function row(time: string, from: string, to: string, what: string, detail: string): string {
  const columns = [
    time.padStart(timeWidth),
    from.padEnd(nameWidth),
    to.padEnd(nameWidth),
    what.padEnd(whatWidth),
    detail,
  ];
  return columns.join(' ').trimEnd();
}

/** Which lines of a trace are wanted. */
export interface TraceFilter {
  /** From when on, in seconds. */
  readonly from: number;
  /** Until when, in seconds. */
  readonly until: number;
  /** The components that take part, by their names; all where the list is empty. */
  readonly components: readonly string[];
}

/**
 * Whether a line is wanted: a message is where its sender or its receiver is.
 *
 * @param filter - What is wanted.
 * @param line - The line.
 */
export function isWanted(filter: TraceFilter, { time, from, to }: RunTraceLine): boolean {
  const { components } = filter;
  if (time < filter.from || time > filter.until) return false;
  return components.length === 0 || components.includes(from) || components.includes(to);
}
