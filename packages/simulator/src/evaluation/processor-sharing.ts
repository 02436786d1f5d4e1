/** A request that an element handles. */
export interface SharedJob {
  /** How much of it is to be done altogether, in calculations. */
  readonly size: number;
  /** How much of it was done before it came here. */
  readonly from: number;
  /** The service that each job had got here when it came. */
  startedAt: number;
  /** The progress at which it wants its next cookie; `Infinity` for none. */
  cookieAt: number;
}

/** So much of a calculation is too little to wait for: times are rounded. */
const tolerance = 1e-3;

/**
 * An element's processor, shared equally by the requests that it handles: with n of them each one gets the n-th part
 * of the capacity. Exact: what each one has got is a difference of one number, the service that a job which had been
 * there all the time would have got, and the next moment at which anything happens follows from it.
 */
export class ProcessorSharing<Job extends SharedJob> {
  readonly #capacityPerMs: number;
  readonly #jobs: Job[] = [];
  #service = 0;
  #at: number;
  #done = 0;
  #nextService = Infinity;

  /**
   * @param capacity - In calculations a second.
   * @param now - The time, in milliseconds.
   */
  constructor(capacity: number, now: number) {
    this.#capacityPerMs = capacity / 1000;
    this.#at = now;
  }

  /** How many jobs there are. */
  get count(): number {
    return this.#jobs.length;
  }

  /** The jobs, in the order in which they came. */
  get jobs(): readonly Job[] {
    return this.#jobs;
  }

  /** How many calculations were done until the last {@link advance}, for whichever job. */
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
    return Math.min(job.size, job.from + this.#service - job.startedAt);
  }

  /**
   * Lets time pass.
   *
   * @param now - The time, in milliseconds.
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
    if (this.#nextService > this.#service + tolerance) return undefined;
    return this.#jobs.find((job) => this.#dueOf(job) <= this.#service + tolerance);
  }

  /**
   * Whether a job is complete; advance before.
   *
   * @param job - One that is here.
   */
  isComplete(job: Job): boolean {
    return job.size - this.progress(job) <= tolerance;
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
