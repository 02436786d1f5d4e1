/** How long one job took, in milliseconds. The names are those of the reference's client. */
export interface JobTimes {
  /** How many calculations it had. */
  readonly jobSize: number;
  /** From when it was due until it was its turn. */
  readonly queuingDelayMs: number;
  /** From then until an element accepted it. */
  readonly startupDelayMs: number;
  /** From then until it was done; failovers and what had to be calculated again are in it. */
  readonly processingTimeMs: number;
}

/** What came of a number of jobs. Speeds are calculations a second over all jobs: sums divided by sums. */
export interface JobSummary {
  /** How many were done. */
  readonly completed: number;
  /** How many no element would have. */
  readonly failed: number;
  /** How many calculations the completed ones had. */
  readonly calculations: number;
  /** The mean of {@link JobTimes.queuingDelayMs}. */
  readonly queuingDelayMs: number;
  /** The mean of {@link JobTimes.startupDelayMs}. */
  readonly startupDelayMs: number;
  /** The mean of {@link JobTimes.processingTimeMs}. */
  readonly processingTimeMs: number;
  /** The mean of the three together. */
  readonly handlingTimeMs: number;
  /** Calculations a second of processing. */
  readonly processingSpeed: number;
  /** Calculations a second of handling: what the user has got for its waiting. */
  readonly handlingSpeed: number;
}

/**
 * How long a job took from when it was due until it was done, in milliseconds.
 *
 * @param times - The job.
 */
export function handlingTimeMs(times: JobTimes): number {
  return times.queuingDelayMs + times.startupDelayMs + times.processingTimeMs;
}

/** Sums up jobs; a sum of any number of them takes the same room. */
export class JobStatistics {
  #completed = 0;
  #failed = 0;
  #calculations = 0;
  #queuingMs = 0;
  #startupMs = 0;
  #processingMs = 0;

  /**
   * Takes a job that was done.
   *
   * @param times - How long it took.
   */
  completed(times: JobTimes): void {
    this.#completed += 1;
    this.#calculations += times.jobSize;
    this.#queuingMs += times.queuingDelayMs;
    this.#startupMs += times.startupDelayMs;
    this.#processingMs += times.processingTimeMs;
  }

  /** Takes a job that was not. */
  failed(): void {
    this.#failed += 1;
  }

  /** What came of all so far; means and speeds of no job are 0. */
  get summary(): JobSummary {
    const handlingMs = this.#queuingMs + this.#startupMs + this.#processingMs;
    return {
      completed: this.#completed,
      failed: this.#failed,
      calculations: this.#calculations,
      queuingDelayMs: quotient(this.#queuingMs, this.#completed),
      startupDelayMs: quotient(this.#startupMs, this.#completed),
      processingTimeMs: quotient(this.#processingMs, this.#completed),
      handlingTimeMs: quotient(handlingMs, this.#completed),
      processingSpeed: quotient(this.#calculations, this.#processingMs / 1000),
      handlingSpeed: quotient(this.#calculations, handlingMs / 1000),
    };
  }
}

function quotient(sum: number, by: number): number {
  return by === 0 ? 0 : sum / by;
}
