import type { RunTask } from '../experiment/runs/run-task.ts';

/** A task with the number that its messages have. */
export interface NumberedTask {
  /** The number, unique in one execution. */
  readonly id: number;
  /** The task. */
  readonly task: RunTask;
}

/** Hands out tasks one by one to several takers. */
export class TaskSource {
  readonly #iterator: Iterator<RunTask>;
  #lastId = 0;
  #isExhausted = false;

  /**
   * @param tasks - Where they come from.
   */
  constructor(tasks: Iterable<RunTask>) {
    this.#iterator = tasks[Symbol.iterator]();
  }

  /** Whether it is known that there are none left. */
  get isExhausted(): boolean {
    return this.#isExhausted;
  }

  /** The next task, or `undefined` where there is none. */
  next(): NumberedTask | undefined {
    if (this.#isExhausted) return undefined;
    const result = this.#iterator.next();
    if (result.done !== true) return { id: ++this.#lastId, task: result.value };
    this.#isExhausted = true;
    return undefined;
  }
}
