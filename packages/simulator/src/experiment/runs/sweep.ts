import { runKey } from './run-key.ts';
import type { RunStore } from './run-store.ts';
import type { RunExecutor, RunMetrics, RunTask } from './run-task.ts';

/** What {@link Sweep} works with. */
export interface SweepOptions {
  /** Where finished runs are kept. */
  readonly store: Pick<RunStore, 'get' | 'add'>;
  /** Simulates the others. */
  readonly executor: RunExecutor;
  /** The version of the model: a run of another one is not the same. */
  readonly version: string;
}

/** Runs many tasks, each once, and remembers their metrics. */
export class Sweep {
  readonly #options: SweepOptions;

  /**
   * @param options - What to work with.
   */
  constructor(options: SweepOptions) {
    this.#options = options;
  }

  /**
   * Those tasks that are not kept yet, each once.
   *
   * @param tasks - The tasks.
   */
  missing(tasks: readonly RunTask[]): RunTask[] {
    const { store, version } = this.#options;
    const missing = new Map<string, RunTask>();
    for (const task of tasks) {
      const key = runKey(version, task);
      if (store.get(key) === undefined) missing.set(key, task);
    }
    return [...missing.values()];
  }

  /**
   * Simulates tasks that are not kept yet.
   *
   * @param tasks - The tasks.
   * @param signal - Gives up; what is finished is kept.
   * @param onRun - Is told of each run that has ended.
   * @throws What the executor rejects with, and the signal's reason.
   */
  async run(tasks: readonly RunTask[], signal: AbortSignal, onRun: (task: RunTask) => void): Promise<void> {
    const { store, executor, version } = this.#options;
    const missing = this.missing(tasks);
    if (missing.length === 0) return;
    await executor({
      tasks: missing,
      signal,
      onResult: (task, metrics) => {
        store.add(runKey(version, task), task.seed, metrics);
        onRun(task);
      },
    });
    signal.throwIfAborted();
  }

  /**
   * The metrics of runs that are kept, in the order of the tasks: whoever simulated them, and whenever they ended.
   *
   * @param tasks - The tasks. Those that are not kept are left out.
   */
  results(tasks: readonly RunTask[]): RunMetrics[] {
    const { store, version } = this.#options;
    return tasks.flatMap((task) => {
      const metrics = store.get(runKey(version, task));
      return metrics === undefined ? [] : [metrics];
    });
  }
}
