/** Work that several share a processor for. */
export interface SharedWork {
  /** How much there is to do, in calculations. */
  readonly jobSize: number;
  /** How much of it is done; {@link ProcessorSharing} counts it up. */
  completed: number;
}

/** What would take less time than this counts as done, in milliseconds: sums of fractions never meet their end exactly. */
const toleranceMs = 0.001;

/**
 * Processor sharing: each of n works advances at an n-th of the capacity. Time passes in steps: bring it up to now
 * before anything changes.
 *
 * @typeParam Work - What is worked on.
 */
export class ProcessorSharing<Work extends SharedWork> {
  readonly #capacityPerMs: number;
  readonly #works: Set<Work> = new Set();
  #at = 0;
  #performed = 0;

  /**
   * @param capacity - Calculations a second, more than 0.
   */
  constructor(capacity: number) {
    this.#capacityPerMs = capacity / 1000;
  }

  /** What is worked on, in the order in which it came. */
  get works(): ReadonlySet<Work> {
    return this.#works;
  }

  /** How many calculations were performed so far, also for works that never came to their end. */
  get performed(): number {
    return this.#performed;
  }

  /**
   * Brings all works up to a time.
   *
   * @param now - The time, in milliseconds; not before the latest one.
   */
  advance(now: number): void {
    const share = (now - this.#at) * this.#pace;
    this.#at = now;
    for (const work of this.#works) {
      const step = Math.min(share, work.jobSize - work.completed);
      work.completed += step;
      this.#performed += step;
    }
  }

  /**
   * Begins with a work.
   *
   * @param work - The work; some of it may be done already.
   * @param now - The time, in milliseconds.
   */
  add(work: Work, now: number): void {
    this.advance(now);
    this.#works.add(work);
  }

  /**
   * Drops a work, done or not.
   *
   * @param work - The work.
   * @param now - The time, in milliseconds.
   */
  remove(work: Work, now: number): void {
    this.advance(now);
    this.#works.delete(work);
  }

  /**
   * When a work will have come so far, if nothing changes: at the latest time that it was brought up to, where it has.
   *
   * @param work - One of {@link works}.
   * @param completed - So many calculations.
   */
  timeOf(work: Work, completed: number): number {
    return this.#at + Math.max(0, completed - work.completed) / this.#pace;
  }

  /**
   * Whether a work has come so far, give or take a microsecond's worth.
   *
   * @param work - One of {@link works}.
   * @param completed - So many calculations.
   */
  hasReached(work: Work, completed: number): boolean {
    return completed - work.completed <= this.#pace * toleranceMs;
  }

  /** Calculations a millisecond for each work. */
  get #pace(): number {
    return this.#works.size === 0 ? 0 : this.#capacityPerMs / this.#works.size;
  }
}
