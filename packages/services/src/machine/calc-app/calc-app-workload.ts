import { randomFraction, type RandomSource } from '@rserpool/wire';

/** What jobs a user has. The defaults are those of the reference's client. */
export interface CalcAppWorkloadOptions {
  /** The mean size of a job, in calculations; 5 000 000 by default (`-jobsize`). */
  readonly jobSize?: number;
  /** The mean time between the moments at which jobs are due, in milliseconds; 15 000 by default (`-jobinterval`). */
  readonly jobIntervalMs?: number;
  /**
   * Whether sizes and intervals vary: `exponential`, as in the reference and in the evaluation papers, or `constant`;
   * `exponential` by default.
   */
  readonly distribution?: 'exponential' | 'constant';
}

/** A job of a {@link CalcAppWorkload}. */
export interface PlannedJob {
  /** Counts from 1. */
  readonly jobIdentifier: number;
  /** How many calculations it has. */
  readonly jobSize: number;
  /** When it is due, in milliseconds from the beginning. */
  readonly dueMs: number;
}

/** The jobs of a user, one after the other: when each is due does not depend on how long the others take. */
export class CalcAppWorkload {
  readonly #options: Required<CalcAppWorkloadOptions>;
  readonly #random: RandomSource;
  #jobs = 0;
  #dueMs = 0;

  /**
   * @param options - Sizes and intervals.
   * @param random - Where they vary.
   */
  constructor(options: CalcAppWorkloadOptions, random: RandomSource) {
    this.#options = { jobSize: 5e6, jobIntervalMs: 15_000, distribution: 'exponential', ...options };
    this.#random = random;
  }

  /** The next job; the first one is due at once. */
  next(): PlannedJob {
    if (this.#jobs > 0) this.#dueMs += this.#vary(this.#options.jobIntervalMs);
    this.#jobs += 1;
    const jobSize = Math.max(1, Math.round(this.#vary(this.#options.jobSize)));
    return { jobIdentifier: this.#jobs % 2 ** 32, jobSize, dueMs: this.#dueMs };
  }

  #vary(mean: number): number {
    if (this.#options.distribution === 'constant') return mean;
    return -Math.log(1 - randomFraction(this.#random)) * mean;
  }
}
