/**
 * The outputs of a machine in their order. Taking one costs O(1) however many wait: `Array.shift` would move all
 * the others, which a takeover of many elements feels.
 */
export class OutputQueue<Output> {
  #items: (Output | undefined)[] = [];
  #head = 0;

  /** How many wait. */
  get size(): number {
    return this.#items.length - this.#head;
  }

  /**
   * Adds one at the end.
   *
   * @param output - What the machine wants done.
   */
  push(output: Output): void {
    this.#items.push(output);
  }

  /** Takes the first one, or `undefined` when none waits. */
  take(): Output | undefined {
    const output = this.#items[this.#head];
    if (this.#head === this.#items.length) return undefined;
    this.#items[this.#head] = undefined;
    this.#head += 1;
    if (this.#head === this.#items.length) {
      this.#items.length = 0;
      this.#head = 0;
    }
    return output;
  }
}
