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
  /** Two times for each element: every registration looks at them, and numbers in objects lie somewhere else. */
  #times: Float64Array[] = [];

  /** The watch of an element. */
  get(element: ElementReference): ElementWatch | undefined {
    return this.#pages[element >> pageShift]?.[element & pageMask];
  }

  /** Keeps a watch for its element. */
  set(watch: ElementWatch): void {
    const number = watch.element >> pageShift;
    while (this.#pages.length <= number) {
      this.#pages.push([]);
      this.#times.push(new Float64Array(2 << pageShift));
    }
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

  /**
   * Notes when an element that is watched is due. Its timer may run too early, and is then set to this time.
   *
   * @returns Whether the timer runs too late for that, or does not run.
   */
  isTimerLate(watch: ElementWatch, dueAt: number): boolean {
    const times = this.#times[watch.element >> pageShift];
    if (times === undefined) return true;
    const place = (watch.element & pageMask) * 2;
    times[place] = dueAt;
    if (watch.timerPlace >= 0 && dueAt >= (times[place + 1] ?? 0)) return false;
    times[place + 1] = dueAt;
    return true;
  }

  /** When an element that is watched is due, and its timer is to be set to. */
  dueAt(element: ElementReference): number {
    const times = this.#times[element >> pageShift];
    const place = (element & pageMask) * 2;
    const dueAt = times?.[place] ?? 0;
    if (times !== undefined) times[place + 1] = dueAt;
    return dueAt;
  }

  /** Forgets all. */
  clear(): void {
    this.#pages = [];
    this.#times = [];
  }
}
