import type { ProcessClock } from '../network/process-clock.ts';

/** What has to come to an end, by the clock of the process that waits for it. */
interface Deadline {
  readonly what: string;
  at: number;
}

/** Everything that a process has asked for, each with the time at which there has to be a result or an error. */
export class Deadlines {
  readonly #clock: ProcessClock;
  readonly #running: Map<string, Deadline> = new Map();
  /** Where the clock was set back, time stands still here like in the machines. */
  #latest = 0;

  /**
   * @param clock - The clock of the process.
   */
  constructor(clock: ProcessClock) {
    this.#clock = clock;
  }

  /** How many wait. */
  get size(): number {
    return this.#running.size;
  }

  /**
   * Something was asked for. What runs already keeps its deadline.
   *
   * @param what - What.
   * @param withinMs - How long it may take at most.
   */
  begin(what: string, withinMs: number): void {
    if (!this.#running.has(what)) this.#running.set(what, { what, at: this.#now() + withinMs });
  }

  /**
   * There is a result or an error.
   *
   * @param what - Of what.
   */
  end(what: string): void {
    this.#running.delete(what);
  }

  /**
   * Nothing could be done for a while.
   *
   * @param byMs - For how long.
   */
  postpone(byMs: number): void {
    for (const deadline of this.#running.values()) deadline.at += byMs;
  }

  /**
   * What is overdue, each told once.
   *
   * @param slackMs - By how much it has to be.
   */
  takeOverdue(slackMs: number): string[] {
    const now = this.#now();
    const overdue = [...this.#running.values()].filter(({ at }) => now > at + slackMs);
    for (const { what } of overdue) this.#running.delete(what);
    return overdue.map(({ what, at }) => `${what} is overdue by ${Math.round(now - at)} ms`);
  }

  #now(): number {
    this.#latest = Math.max(this.#latest, this.#clock.now());
    return this.#latest;
  }
}
