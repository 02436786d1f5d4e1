import type { ElementReference } from '@rserpool/handlespace';
import type { ElementWatch } from './element-watch.ts';

const pageShift = 10;
const pageMask: number = (1 << pageShift) - 1;

/**
 * The watches of the elements. References are small integers that are used again, so that they are places in an
 * array: nothing is hashed, and nothing is copied where there are many.
 */
export class ElementWatches {
  #pages: (ElementWatch | undefined)[][] = [];

  /** The watch of an element. */
  get(element: ElementReference): ElementWatch | undefined {
    return this.#pages[element >> pageShift]?.[element & pageMask];
  }

  /** Keeps a watch for its element. */
  set(watch: ElementWatch): void {
    const number = watch.element >> pageShift;
    while (this.#pages.length <= number) this.#pages.push([]);
    const page = this.#pages[number];
    if (page === undefined) return;
    const place = watch.element & pageMask;
    // Without holes, reading stays quick.
    while (page.length < place) page.push(undefined);
    page[place] = watch;
  }

  /** Forgets the watch of an element. */
  delete(element: ElementReference): void {
    const page = this.#pages[element >> pageShift];
    const place = element & pageMask;
    if (page !== undefined && place < page.length) page[place] = undefined;
  }

  /** Forgets all. */
  clear(): void {
    this.#pages = [];
  }
}
