/** What is counted and summed up in a run, from its beginning; times in milliseconds, work in calculations. */
export class RunCounters {
  /** Requests that users generated. */
  generated = 0;
  /** Requests that were completed. */
  completed = 0;
  /** Their sizes. */
  completedSize = 0;
  /** Their times from generation to dequeuing. */
  queuingMs = 0;
  /** Their times from dequeuing to the first acceptance. */
  startupMs = 0;
  /** Their times from the first acceptance to the completion. */
  processingMs = 0;
  /** Acceptances. */
  accepted = 0;
  /** Rejections. */
  rejected = 0;
  /** Acceptances of requests that had been accepted before. */
  failovers = 0;
  /** From the last secured progress to those acceptances. */
  failoverMs = 0;
  /** Progress that reached the users. */
  secured = 0;
  /** ASAP messages, without cookies and cookie echoes. */
  asapPackets = 0;
  /** ENRP messages. */
  enrpPackets = 0;
  /** Messages of the application. */
  applicationPackets = 0;
  /** ASAP_COOKIE messages. */
  cookies = 0;
  /** ASAP_COOKIE_ECHO messages. */
  cookieEchoes = 0;
  /** ASAP_HANDLE_RESOLUTION messages. */
  handleResolutions = 0;
  /** ASAP_ENDPOINT_UNREACHABLE messages. */
  unreachableReports = 0;
  /** Elements that a registrar took out of its handlespace because they did not answer, or were reported. */
  removals = 0;
  /** Sessions that ended for good, and were opened anew. */
  failedSessions = 0;
  /** Ends of elements, clean or not. */
  failures = 0;
  /** Clean ones of these. */
  cleanShutdowns = 0;
  /** Work that was done. */
  done = 0;
  /** Work that could have been done: the capacities by the times in which elements were registered. */
  possible = 0;
  /** Work that had to be done again. */
  lost = 0;
  /** Messages that arrived and timers that fired. */
  events = 0;
}

/** What is counted, by name. */
export type RunSums = Readonly<Record<keyof RunCounters, number>>;

/**
 * What was counted between two moments.
 *
 * @param from - The counters at the first one.
 * @param to - The counters at the second one.
 */
export function difference(from: RunCounters, to: RunCounters): RunCounters {
  const between = new RunCounters();
  for (const name of Object.keys(to) as (keyof RunCounters)[]) between[name] = to[name] - from[name];
  return between;
}
