/** What an element that calculates can do, and how it looks after its jobs. The defaults are the reference's. */
export interface CalcAppServerOptions {
  /** Calculations a second, shared by all jobs; 1 000 000 by default (`-capcapacity`). */
  readonly capacity: number;
  /** How many jobs are calculated at once, 1 .. 65535; 10 by default (`-capmaxjobs`). More are rejected. */
  readonly maximumJobs: number;
  /**
   * After how many calculations of a job its state goes to the user as a cookie; 5 000 000 by default
   * (`-capcookiemaxcalculations`). So much is lost at most with an element, and calculated again.
   */
  readonly cookieMaximumCalculations: number;
  /** After how many milliseconds it does so in any case; 5000 by default (`-capcookiemaxtime`). */
  readonly cookieMaximumTimeMs: number;
  /** How often the user is asked whether it still wants its job; 2500 ms by default. */
  readonly keepAliveIntervalMs: number;
  /** How long it may take to answer; 2500 ms by default. A user that does not answer loses its job. */
  readonly keepAliveTimeoutMs: number;
}

/** The defaults of {@link CalcAppServerOptions}. */
export const defaultCalcAppServerOptions: CalcAppServerOptions = {
  capacity: 1_000_000,
  maximumJobs: 10,
  cookieMaximumCalculations: 5_000_000,
  cookieMaximumTimeMs: 5_000,
  keepAliveIntervalMs: 2_500,
  keepAliveTimeoutMs: 2_500,
};
