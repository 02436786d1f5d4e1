import type { PolicyName } from '../policy-types.ts';
import type { NextOptions, PoolUserItem, PoolUserSelector } from './pool-user-selector.ts';

/** Round robin over the list, starting with the first, and from the beginning again after the last (RFC 5356 section 4.1.3). */
export class CyclicUserSelector<Item extends PoolUserItem> implements PoolUserSelector<Item> {
  readonly type: PolicyName;
  #items: readonly Item[] = [];
  #position: number = 0;

  constructor(type: PolicyName) {
    this.type = type;
  }

  get size(): number {
    return this.#items.length;
  }

  replace(items: Iterable<Item>): void {
    this.#items = [...items];
    this.#position = 0;
  }

  next(options?: NextOptions<Item>): Item | undefined {
    for (let tried = 0; tried < this.#items.length; tried++) {
      const item = this.#items[this.#position] as Item;
      this.#position = (this.#position + 1) % this.#items.length;
      if (options?.exclude?.(item) !== true) return item;
    }
    return undefined;
  }
}
