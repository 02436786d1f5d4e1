/** From how many taken entries on the array is cut. */
const cutAt = 1024;

/** A queue whose ends cost O(1), however long it gets; an array's own `shift` does not. */
export class Fifo<Item> {
  #items: Item[] = [];
  #first = 0;

  /** How many there are. */
  get length(): number {
    return this.#items.length - this.#first;
  }

  /** The oldest, or `undefined`. */
  get first(): Item | undefined {
    return this.#items[this.#first];
  }

  /**
   * Adds one.
   *
   * @param item - Becomes the newest.
   */
  push(item: Item): void {
    this.#items.push(item);
  }

  /** Takes the oldest off; `undefined` where there is none. */
  shift(): Item | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#first];
    this.#first += 1;
    if (this.#first === this.#items.length) {
      this.clear();
    } else if (this.#first >= cutAt && this.#first * 2 >= this.#items.length) {
      // Cutting half costs as much as was gained by not cutting before.
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return item;
  }

  /** Removes all. */
  clear(): void {
    this.#items = [];
    this.#first = 0;
  }

  /** All of them, the oldest first; a copy. */
  all(): Item[] {
    return this.#items.slice(this.#first);
  }
}
