/** Runs asynchronous tasks, at most so many at once; the others wait in order. */
export class BoundedWork {
  readonly #maximum: number;
  readonly #waiting: (() => Promise<void>)[] = [];
  #running = 0;

  /**
   * @param maximum - How many may run at once, at least 1.
   */
  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /**
   * Runs a task, now or when its turn comes.
   *
   * @param task - Must not reject.
   */
  add(task: () => Promise<void>): void {
    this.#waiting.push(task);
    this.#next();
  }

  #next(): void {
    if (this.#running >= this.#maximum) return;
    const task = this.#waiting.shift();
    if (task === undefined) return;
    this.#running += 1;
    void task().finally(() => {
      this.#running -= 1;
      this.#next();
    });
  }
}
