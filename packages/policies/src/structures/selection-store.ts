import { maximumSorted } from './sorted-pairs.ts';
import { NumberArena } from './number-arena.ts';
import { SeatRecords } from './seat-records.ts';

/** Options of {@link SelectionStore}. */
export interface SelectionStoreOptions {
  /** Whether many pools share the store: its pages are large then. Default: it is for one pool. */
  readonly isShared?: boolean;
}

/**
 * The memory of selections: a record for each seat, and runs of numbers for what each pool has in order. Many pools
 * share one store, so that a pool costs a few small objects and no arrays of its own; seats are numbered over all of
 * them then, and each is in one pool at most.
 */
export class SelectionStore {
  /** What is kept of each seat. */
  readonly records: SeatRecords;
  /** What is kept in order. */
  readonly arena: NumberArena;
  /** For listing a heap: positions that may come next. Empty between two calls. */
  readonly frontier: number[] = [];
  /** For drawing: the weights of what is drawn. Empty between two calls. */
  readonly drawn: number[] = [];

  /** For counting an answer: its pairs of a key and a seat, in order. Empty between two calls. */
  readonly pairs: Float64Array = new Float64Array(2 * maximumSorted);

  constructor({ isShared = false }: SelectionStoreOptions = {}) {
    this.records = new SeatRecords(isShared ? 10 : 6);
    this.arena = new NumberArena(isShared ? 13 : 8);
  }
}
