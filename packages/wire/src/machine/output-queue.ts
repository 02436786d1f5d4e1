/** An empty queue keeps no more places than this, so that a burst does not hold memory for good. */
const keptPlaces = 1024;

/**
 * The outputs of a machine in their order. Taking one costs O(1) however many wait: `Array.shift` would move all
 * the others, which a takeover of many elements feels.
 */
export class OutputQueue<Output> {
  #items: (Output | undefined)[] = [];
  #head = 0;
  #tail = 0;

  /** How many wait. */
  get size(): number {
    return this.#tail - this.#head;
  }

  /**
   * Adds one at the end.
   *
   * @param output - What the machine wants done.
   */
  push(output: Output): void {
    this.#items[this.#tail] = output;
    this.#tail += 1;
  }

  /** Takes the first one, or `undefined` when none waits. */
  take(): Output | undefined {
    if (this.#head === this.#tail) return undefined;
    const output = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head += 1;
    if (this.#head === this.#tail) {
      // The places are used again: an array that is emptied for every output would be allocated for every one.
      if (this.#tail > keptPlaces) this.#items = [];
      this.#head = 0;
      this.#tail = 0;
    }
    return output;
  }
}
