/** Does one slice of something long. Returns whether it is done. */
export type WorkStep = () => boolean;

/**
 * What takes long where there are many elements, in slices: the first one at once, so that little is done within the
 * call that asks for it, and the others one at a time, each whenever the machine runs. Between two slices everything
 * may have changed.
 */
export class WorkQueue {
  readonly #steps: WorkStep[] = [];

  /** Whether something is not done yet. */
  get isBusy(): boolean {
    return this.#steps.length > 0;
  }

  /** Begins something; behind what is under way already. */
  begin(step: WorkStep): void {
    if (!step()) this.#steps.push(step);
  }

  /** Does one slice, of each thing in its turn. */
  run(): void {
    const step = this.#steps.shift();
    if (step !== undefined && !step()) this.#steps.push(step);
  }

  /** Gives everything up. */
  clear(): void {
    this.#steps.length = 0;
  }
}
