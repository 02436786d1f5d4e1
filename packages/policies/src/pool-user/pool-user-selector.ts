import type { PolicyName } from '../policy-types.ts';
import type { RandomSource } from '../random-source.ts';

/** What a pool user knows of each element: the policy of its pool element parameter counts for Priority alone. */
export interface PoolUserItem {
  /** The element's policy as it was received, of whatever type. */
  readonly policy: {
    /** Which policy. */
    readonly type: string;
    /** The priority, where the policy has one. */
    readonly priority?: number | undefined;
  };
}

/** Options of {@link createPoolUserSelector}. */
export interface PoolUserSelectorOptions {
  /** Where randomized policies draw from; others do not use it. */
  readonly random: RandomSource;
}

/** Options of {@link PoolUserSelector.next}. */
export interface NextOptions<Item> {
  /** Tells which elements not to choose, for example those that just failed. Default: none. */
  readonly exclude?: ((item: Item) => boolean) | undefined;
}

/**
 * The choice of a pool user among the elements that a handle resolution returned (the "Pool User Considerations"
 * of RFC 5356), until the list is out of date and replaced.
 */
export interface PoolUserSelector<Item extends PoolUserItem> {
  /** The pool's overall policy. */
  readonly type: PolicyName;
  /** How many elements the list has. */
  readonly size: number;
  /** Takes a newly received list, in the registrar's order; it is copied. Round robin starts with its first element. */
  replace(items: Iterable<Item>): void;
  /** The element to use next, or undefined where the list is empty or every element is excluded. */
  next(options?: NextOptions<Item>): Item | undefined;
}
