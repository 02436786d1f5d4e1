import { type Profiler, Session } from 'node:inspector';

/**
 * Counts how often pieces of code run, by the precise coverage of V8: what an operation costs in steps, whatever
 * the machine and its load. A loop over the elements shows as a block that ran as often as there are elements.
 */
export class StepCounter {
  readonly #session: Session = new Session();
  readonly #folders: readonly string[];

  /**
   * @param folders - Parts of the paths of the sources that count.
   */
  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  /** Begins to count. */
  start(): void {
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Ends counting. */
  stop(): void {
    this.#session.post('Profiler.stopPreciseCoverage');
    this.#session.disconnect();
  }

  /**
   * How often the block that ran most often did so.
   *
   * @param operation - What to watch.
   */
  busiest(operation: () => void): number {
    this.#take();
    operation();
    let most = 0;
    for (const script of this.#take()) {
      if (!this.#folders.some((folder) => script.url.includes(folder))) continue;
      for (const { ranges } of script.functions) {
        for (const { count } of ranges) most = Math.max(most, count);
      }
    }
    return most;
  }

  /** What ran since the last time. Commands of a session in the same thread are answered at once. */
  #take(): readonly Profiler.ScriptCoverage[] {
    let result: readonly Profiler.ScriptCoverage[] = [];
    this.#session.post('Profiler.takePreciseCoverage', (error, coverage) => {
      if (error !== null) throw error;
      ({ result } = coverage);
    });
    return result;
  }
}
