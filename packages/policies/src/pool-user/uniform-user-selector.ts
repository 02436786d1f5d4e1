import type { PolicyName } from '../policy-types.ts';
import { randomBelow } from '../random-integer.ts';
import type { RandomSource } from '../random-source.ts';
import type { NextOptions, PoolUserItem, PoolUserSelector } from './pool-user-selector.ts';

/**
 * A uniform draw for each use (RFC 5356 sections 4.3.3, 4.4.3 and 5.4.3). Weights and loads do not count here:
 * the registrar has drawn by them already.
 */
export class UniformUserSelector<Item extends PoolUserItem> implements PoolUserSelector<Item> {
  readonly type: PolicyName;
  readonly #random: RandomSource;
  #items: Item[] = [];

  constructor(type: PolicyName, random: RandomSource) {
    this.type = type;
    this.#random = random;
  }

  get size(): number {
    return this.#items.length;
  }

  replace(items: Iterable<Item>): void {
    this.#items = [...items];
  }

  next(options?: NextOptions<Item>): Item | undefined {
    const items = this.#items;
    // Excluded draws are put aside at the end, so that each remaining element keeps the same probability.
    for (let remaining = items.length; remaining > 0; remaining--) {
      const index = randomBelow(remaining, this.#random);
      const item = items[index] as Item;
      if (options?.exclude?.(item) !== true) return item;
      items[index] = items[remaining - 1] as Item;
      items[remaining - 1] = item;
    }
    return undefined;
  }
}
