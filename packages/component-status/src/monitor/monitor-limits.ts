/** What bounds the memory of a {@link StatusMonitorMachine}. Integers of 1 or more. */
export interface MonitorLimits {
  /** How many components are kept; reports of further ones are refused. Default 4096, of about one kilobyte each. */
  readonly maximumComponents: number;
  /**
   * How many associations of one component are kept; `associationsOmitted` counts the others. Default 256: a registrar
   * reports its peers, and a user its sessions.
   */
  readonly maximumAssociations: number;
}

/** The defaults of {@link MonitorLimits}. */
export const defaultMonitorLimits: MonitorLimits = { maximumComponents: 4_096, maximumAssociations: 256 };

/** When a {@link StatusMonitorMachine} gives a component up. */
export interface MonitorTiming {
  /**
   * After how many of its own report intervals without a report a component counts as timed out. Default 3: two lost
   * datagrams in a row do no harm. Fewer notices sooner.
   */
  readonly missedReports: number;
  /**
   * The least time until then, in milliseconds, whatever interval a component names. Default 1000: reports that come
   * every quarter of a second are delayed more than that by a busy host.
   */
  readonly minimumTimeoutMs: number;
  /**
   * How long a component is shown after it timed out or ended, in milliseconds. Default 30000. Longer shows what happened
   * while nobody looked.
   */
  readonly forgetAfterMs: number;
}

/** The defaults of {@link MonitorTiming}. */
export const defaultMonitorTiming: MonitorTiming = {
  missedReports: 3,
  minimumTimeoutMs: 1_000,
  forgetAfterMs: 30_000,
};
