/** A job that an element calculates. {@link ProcessorSharing} writes `startedAt`, the element everything else. */
export interface SharedJob {
  /** How much of it is to be done altogether, in calculations. */
  readonly size: number;
  /** How much of it was done before it came here. */
  readonly from: number;
  /** The service that each job had been given here when it came. */
  startedAt: number;
  /** The progress at which it wants its next cookie; `Infinity` for none. */
  cookieAt: number;
}

/** So little time is not worth waiting for, in milliseconds: times and sums of fractions are rounded. */
const toleranceMs = 1e-6;

/**
 * An element's processor, shared equally by the jobs that it calculates: with n of them each one gets the n-th part of
 * the capacity. Exact: what each one has got is a difference of one number, the service that a job which had been there
 * all the time would have got, and the next moment at which anything happens follows from it.
 *
 * @typeParam Job - What is calculated.
 * @example
 * ```ts
 * import { ProcessorSharing } from '@rserpool/services/machine';
 *
 * const processor = new ProcessorSharing(1_000_000);
 * const job = { size: 500_000, from: 0, startedAt: 0, cookieAt: Infinity };
 * processor.add(job);
 * processor.advance(processor.next);
 * console.log(processor.isComplete(job)); // true, after 500 ms
 * ```
 */
export class ProcessorSharing<Job extends SharedJob> {
  readonly #capacityPerMs: number;
  readonly #jobs: Job[] = [];
  #service = 0;
  #at = 0;
  #done = 0;
  #nextService = Infinity;

  /**
   * @param capacity - In calculations a second, more than 0.
   */
  constructor(capacity: number) {
    this.#capacityPerMs = capacity / 1000;
  }

  /** How many jobs there are. */
  get count(): number {
    return this.#jobs.length;
  }

  /** The jobs, in the order in which they came. */
  get jobs(): readonly Job[] {
    return this.#jobs;
  }

  /**
   * How many calculations were done until the last {@link advance}, for whichever job; what comes late to the end of a
   * job counts once the job is removed.
   */
  get done(): number {
    return this.#done;
  }

  /** When the next job is complete or wants a cookie, in milliseconds; `Infinity` where none does. */
  get next(): number {
    if (this.#nextService === Infinity) return Infinity;
    return this.#at + ((this.#nextService - this.#service) * this.#jobs.length) / this.#capacityPerMs;
  }

  /**
   * How much of a job is done.
   *
   * @param job - One that is here.
   */
  progress(job: Job): number {
    return Math.min(job.size, this.#obtained(job));
  }

  /**
   * Lets time pass.
   *
   * @param now - The time, in milliseconds; not before the last one.
   */
  advance(now: number): void {
    const jobs = this.#jobs.length;
    if (jobs > 0) {
      const done = (now - this.#at) * this.#capacityPerMs;
      this.#done += done;
      this.#service += done / jobs;
    }
    this.#at = now;
  }

  /**
   * Begins a job; advance before.
   *
   * @param job - The job.
   */
  add(job: Job): void {
    // Where nobody has anything yet the count begins anew, so that it stays exact.
    if (this.#jobs.length === 0) this.#service = 0;
    job.startedAt = this.#service;
    this.#jobs.push(job);
    this.#nextService = Math.min(this.#nextService, this.#dueOf(job));
  }

  /**
   * Ends a job; advance before.
   *
   * @param job - The job; one that is not here is no error.
   */
  remove(job: Job): void {
    const place = this.#jobs.indexOf(job);
    if (place < 0) return;
    // A timer that came late has counted more than there was to do.
    const excess = this.#obtained(job) - job.size;
    if (excess > this.#tolerance) this.#done -= excess;
    this.#jobs.splice(place, 1);
    this.#look();
  }

  /**
   * Takes note of a job whose `cookieAt` has changed.
   */
  changed(): void {
    this.#look();
  }

  /**
   * The first job that is complete or wants a cookie by now, or `undefined`; advance before.
   */
  due(): Job | undefined {
    const until = this.#service + this.#tolerance;
    return this.#nextService > until ? undefined : this.#jobs.find((job) => this.#dueOf(job) <= until);
  }

  /**
   * Whether a job is complete; advance before.
   *
   * @param job - One that is here.
   */
  isComplete(job: Job): boolean {
    return job.size - this.progress(job) <= this.#tolerance;
  }

  #obtained(job: Job): number {
    return job.from + this.#service - job.startedAt;
  }

  /** In calculations. Late times of a clock are coarser than the tolerance. */
  get #tolerance(): number {
    return this.#capacityPerMs * Math.max(toleranceMs, 4 * Number.EPSILON * this.#at);
  }

  #dueOf(job: Job): number {
    return job.startedAt + Math.min(job.size, job.cookieAt) - job.from;
  }

  #look(): void {
    let next = Infinity;
    for (const job of this.#jobs) next = Math.min(next, this.#dueOf(job));
    this.#nextService = next;
  }
}
