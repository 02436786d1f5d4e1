import type { ElementReference } from '@rserpool/handlespace';

/**
 * How many elements the machine deals with in one go: what is due for more of them is cut into slices, so that a
 * request waits for about a millisecond, and not for what happens to 100,000 elements at once. Between two slices the
 * machine wants to run at once.
 */
export const elementsPerSlice: number = 128;

/**
 * Elements that something is to be done about, in the order in which they came. A list of many is taken in as it is:
 * nothing is done for each of them before its turn.
 */
export class ElementBacklog {
  readonly #lists: (readonly ElementReference[])[] = [];
  /** The next one of the first list. */
  #next = 0;

  /** Whether none waits. */
  get isEmpty(): boolean {
    return this.#lists.length === 0;
  }

  /** Adds elements; the list is kept. */
  add(elements: readonly ElementReference[]): void {
    if (elements.length > 0) this.#lists.push(elements);
  }

  /** Takes the one that has waited longest. It may be gone by now. */
  take(): ElementReference | undefined {
    const list = this.#lists[0];
    if (list === undefined) return undefined;
    const element = list[this.#next];
    this.#next += 1;
    if (this.#next === list.length) {
      this.#lists.shift();
      this.#next = 0;
    }
    return element;
  }

  /** Forgets all. */
  clear(): void {
    this.#lists.length = 0;
    this.#next = 0;
  }
}
