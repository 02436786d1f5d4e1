import type { PolicyName } from '../policy-types.ts';
import type { NextOptions, PoolUserItem, PoolUserSelector } from './pool-user-selector.ts';

/**
 * The order that the registrar returned, without looking at loads that are old by now (RFC 5356 sections 5.1.3,
 * 5.2.3 and 5.3.3): the first element as long as it is not excluded, the others as its backups.
 */
export class ListedUserSelector<Item extends PoolUserItem> implements PoolUserSelector<Item> {
  readonly type: PolicyName;
  #items: readonly Item[] = [];

  constructor(type: PolicyName) {
    this.type = type;
  }

  get size(): number {
    return this.#items.length;
  }

  replace(items: Iterable<Item>): void {
    const list = [...items];
    // The pool user has to take the highest priority itself (section 4.5.3), whatever order a registrar sends.
    if (this.type === 'priority') list.sort((left, right) => priorityOf(right) - priorityOf(left));
    this.#items = list;
  }

  next(options?: NextOptions<Item>): Item | undefined {
    return this.#items.find((item) => options?.exclude?.(item) !== true);
  }
}

function priorityOf(item: PoolUserItem): number {
  return item.policy.priority ?? 0;
}
