import type { PolicyName, SelectionPolicy } from '../policy-types.ts';

/**
 * What a {@link Selector} does, over seats instead of slots: records of a store, each in one pool at most. Whoever
 * calls knows who is in the pool, and that each policy is of its type with values in range; nothing is looked up or
 * checked, so that a wrong call spoils the pool. A pool without elements holds no memory of the store.
 */
export interface Selection {
  /** The pool's policy. */
  readonly type: PolicyName;
  /** How many elements are in the pool. */
  readonly size: number;
  /** As {@link Selector.add}, for a seat that is in no pool. */
  add(seat: number, policy: SelectionPolicy): void;
  /** As {@link Selector.update}, for a seat of this pool. */
  update(seat: number, policy: SelectionPolicy): void;
  /** As {@link Selector.remove}, for a seat of this pool. */
  remove(seat: number): void;
  /** As {@link Selector.select}. */
  select(count: number, into: number[]): number;
}
