import type { PolicyName, SelectionPolicy } from '../policy-types.ts';
import type { RandomSource } from '../random-source.ts';

/** Options of {@link createSelector}. */
export interface SelectorOptions {
  /**
   * Where randomized policies draw from. Sorted ones ask it for a secret number whenever a pool becomes large, so that
   * nobody can choose loads that collide in a hash table; others do not use it.
   */
  readonly random: RandomSource;
  /**
   * How many of the returned elements a selection counts as used: an integer of at least 1, or `Infinity`.
   *
   * Default: as RFC 5356 has it. The head of a circular list, and the turn within each group of equals, is advanced
   * by one element a request (sections 4.1.2, 5.1.2), and the degradation counter of every returned element is
   * incremented (section 5.2.2).
   *
   * Where given, it bounds both: a circular list or a group of equals is advanced by as many elements as were
   * returned of it, but not by more than this; and under a degradation policy this many elements of the answer are
   * counted (1 is what the reference implementation does).
   * Values above 1 exist to repeat published measurements of what careless state does: with answers of `h`
   * elements of which users take the first, a value of `h` sends all requests to every `h`-th element.
   */
  readonly maximumIncrement?: number | undefined;
}

/**
 * The selection structure of one pool at its registrar, over slots: small non-negative integers that the caller
 * gives to its elements, not necessarily dense. Its memory grows with the pool, not with the largest slot.
 *
 * All methods throw `PolicyError` when used wrongly, and leave the selector as it was: `ERR_RSERPOOL_DUPLICATE_SLOT`,
 * `ERR_RSERPOOL_UNKNOWN_SLOT`, `ERR_RSERPOOL_INVALID_ARGUMENT`, `ERR_RSERPOOL_INVALID_POLICY` and
 * `ERR_RSERPOOL_POLICY_MISMATCH`.
 */
export interface Selector {
  /** The pool's policy. */
  readonly type: PolicyName;
  /** How many elements are in the pool. */
  readonly size: number;
  /** Registration: adds an element, behind its equals, with a degradation counter of 0. */
  add(slot: number, policy: SelectionPolicy): void;
  /**
   * Re-registration: new parameters and a degradation counter of 0. Where the policy's value of the element stays the
   * same it keeps its turn among its equals; under a sorted policy it joins its new equals at the end otherwise.
   */
  update(slot: number, policy: SelectionPolicy): void;
  /** Deregistration. */
  remove(slot: number): void;
  /** Tells whether an element is in the pool. */
  has(slot: number): boolean;
  /**
   * Handle resolution: selects up to `count` distinct elements by the policy, and advances its state.
   *
   * @param count - How many at most; `Infinity` for the whole pool.
   * @param into - Where the slots are written to, from index 0 on, in the order of RFC 5356; what lies behind stays.
   * @returns How many were selected.
   */
  select(count: number, into: number[]): number;
}
