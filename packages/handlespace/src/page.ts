import type { PoolEntry } from '@rserpool/wire';
import type { ElementReference } from './element-reference.ts';
import type { VisitedElement } from './ordered-lists.ts';

/**
 * Where a walk in pages goes on. A plain value that the handlespace knows nothing of: it may be kept as long as
 * one likes, used again, or thrown away. Its fields are not meant for use.
 */
export interface PageCursor {
  /** The registrar whose elements are walked, or `undefined` where all are. */
  readonly homeRegistrar: number | undefined;
  /** Where the element visited last was; in a walk over all elements the number of its pool. */
  readonly place: number;
  /** The order number that the element visited last had among what the registrar owned; 0 in a walk over all elements. */
  readonly order: number;
  /** In a walk over all elements those of the same pool visited last; several, in case some are removed meanwhile. */
  readonly visited: readonly VisitedElement[];
}

/** What a page may hold. */
export interface PageOptions {
  /** Pool elements at most, 1 or more. */
  readonly maximumElements: number;
  /**
   * Bytes at most, 1 or more: of the Pool Handle parameters and Pool Element parameters with their padding,
   * without the header of the message. A page with one element may exceed it, since the walk has to get on.
   */
  readonly maximumBytes: number;
  /** Only elements of this home registrar (W flag, RFC 5353 section 2.2); absent: all elements. */
  readonly homeRegistrar?: number;
}

/** One page. */
export interface HandlespacePage {
  /** The elements, grouped by pool: each pool handle occurs once. Empty where there is nothing (any more). */
  readonly poolEntries: readonly PoolEntry[];
  /** Where the next page begins, or `undefined` where this is the last one (M flag, RFC 5353 section 2.3). */
  readonly next: PageCursor | undefined;
}

/** One page of references. */
export interface ReferencePage {
  /** The elements in the order of the walk. Empty where there is nothing (any more). The array is the caller's. */
  readonly elements: ElementReference[];
  /** Where the next page begins, or `undefined` where this is the last one. */
  readonly next: PageCursor | undefined;
}

/** A slice of a purge. */
export interface PurgedSlice {
  /** The references that the removed elements had; stale by now. The array is the caller's. */
  readonly removed: ElementReference[];
  /** Where the next slice begins, or `undefined` where this was the last one. */
  readonly next: PageCursor | undefined;
}
