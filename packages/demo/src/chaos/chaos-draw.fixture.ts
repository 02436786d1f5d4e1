import type { RandomSource } from '@rserpool/wire';

/** Draws from one seeded source, so that a seed is a whole run. */
export class Draw {
  readonly #random: RandomSource;

  constructor(random: RandomSource) {
    this.#random = random;
  }

  /** An integer in `least .. most`, both included. */
  integer(least: number, most: number): number {
    return least + (this.#random() % (most - least + 1));
  }

  /** Whether something happens that happens with this probability. */
  chance(probability: number): boolean {
    return this.#random() / 2 ** 32 < probability;
  }

  /** One of several, or `undefined` where there is none. */
  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.#random() % Math.max(items.length, 1)];
  }
}
