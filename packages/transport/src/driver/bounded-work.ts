/** Runs tasks that end later, at most so many at once; the others wait in order. */
export class BoundedWork {
  readonly #maximum: number;
  readonly #waiting: ((finished: () => void) => void)[] = [];
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
   * @param task - Must not throw, and calls what it is given once, when it has ended.
   */
  add(task: (finished: () => void) => void): void {
    this.#waiting.push(task);
    this.#next();
  }

  #next(): void {
    if (this.#running >= this.#maximum) return;
    const task = this.#waiting.shift();
    if (task === undefined) return;
    this.#running += 1;
    task(() => {
      this.#running -= 1;
      this.#next();
    });
  }
}
