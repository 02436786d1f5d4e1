import type { Selection } from '@rserpool/policies/internal';
import type { SelectionPolicy } from '@rserpool/wire';
import { handleWords, poolHandleHash } from './hashing.ts';
import { ownBytes } from './own-bytes.ts';
import { hasValues, Pool, type PoolContent, type PoolTransport, transportCode } from './pool.ts';
import { longestRecordedHandle, PoolRecords } from './pool-records.ts';
import { ProbeTable } from './probe-table.ts';

/**
 * The pools: by handle, and by number for whoever keeps a pool in a column. Finding one by its handle leads to its
 * number and touches no object; what each operation wants of the pool is kept by number as well.
 */
export class PoolTable {
  readonly #seed: number;
  readonly #pools: (Pool | undefined)[] = [];
  readonly #selections: (Selection | undefined)[] = [];
  /** The types of the pools' policies: one look here takes less than one at the selection, which is of many classes. */
  readonly #types: SelectionPolicy['type'][] = [];
  readonly #freeNumbers: number[] = [];
  readonly #byHandle: ProbeTable = new ProbeTable();
  readonly #records: PoolRecords = new PoolRecords();
  /** The first words of the handle that is searched for. */
  readonly #words: Int32Array = new Int32Array(handleWords);

  /**
   * @param seed - A random number for the hash, 32 bits.
   */
  constructor(seed: number) {
    this.#seed = seed;
  }

  /** How many pools there are. */
  get size(): number {
    return this.#byHandle.size;
  }

  /**
   * The number of the pool with a handle, or -1.
   *
   * @param handle - The bytes.
   */
  find(handle: Uint8Array): number {
    const words = this.#words;
    const { length } = handle;
    const hash = poolHandleHash(handle, this.#seed, words);
    // Nearly always the first one with the hash and the length is the one.
    const likely = this.#byHandle.find(hash, hash, length);
    if (likely === -1) return -1;
    if (length <= longestRecordedHandle && this.#records.begins(likely, length, words)) return likely;
    return this.#search(handle, hash);
  }

  /** Looks at every pool whose handle has the hash of the one that was hashed last. */
  #search(handle: Uint8Array, hash: number): number {
    const words = this.#words;
    const { length } = handle;
    for (let place = this.#byHandle.first(hash); place !== -1; place = this.#byHandle.next(place)) {
      const number = this.#byHandle.valueAt(place);
      if (!this.#records.begins(number, length, words)) continue;
      if (length <= longestRecordedHandle || isSame(this.at(number).handle, handle)) return number;
    }
    return -1;
  }

  /**
   * The pool with a number.
   *
   * @param number - The number of a pool that is there.
   */
  at(number: number): Pool {
    return this.#pools[number] as Pool;
  }

  /**
   * The selection of the pool with a number: its elements by the rules of its policy.
   *
   * @param number - The number of a pool that is there.
   */
  selection(number: number): Selection {
    return this.#selections[number] as Selection;
  }

  /** The type of the policy of the pool with a number: that of all its elements. */
  type(number: number): SelectionPolicy['type'] {
    return this.#types[number] as SelectionPolicy['type'];
  }

  /** What all user transports of the pool with a number have in common, as {@link transportCode} has it. */
  transport(number: number): number {
    return this.#records.transport(number);
  }

  /** Whether the elements of the pool with a number have values under its policy. */
  hasValues(number: number): boolean {
    return this.#records.hasValues(number);
  }

  /**
   * Makes a pool what its only element says now.
   *
   * @param pool - A pool of this table.
   * @param policy - The overall policy.
   * @param transport - What the user transport says.
   * @param selection - The selection of the element by that policy.
   */
  refound(pool: Pool, policy: SelectionPolicy, transport: PoolTransport, selection: Selection): void {
    pool.policy = policy;
    pool.transport = transport;
    this.#setTraits(pool, selection);
  }

  /**
   * The pool with the smallest number from a given one on: with it a walk over all pools needs no more than a
   * number to go on, whatever was added or removed meanwhile.
   *
   * @param number - Where to begin, 0 or more.
   */
  from(number: number): Pool | undefined {
    for (let index = number; index < this.#pools.length; index += 1) {
      const pool = this.#pools[index];
      if (pool !== undefined) return pool;
    }
    return undefined;
  }

  /**
   * Adds a pool.
   *
   * @param handle - A handle that no pool has; copied.
   * @param content - What the pool is.
   * @param selection - Its selection, without elements.
   */
  add(handle: Uint8Array, content: PoolContent, selection: Selection): Pool {
    const number = this.#freeNumbers.pop() ?? this.#pools.length;
    const hash = poolHandleHash(handle, this.#seed, this.#words);
    this.#records.set(number, hash, handle.length, this.#words);
    const own = handle.length > longestRecordedHandle ? ownBytes(handle) : undefined;
    const pool = new Pool(this.#records, number, own, content);
    this.#pools[number] = pool;
    this.#setTraits(pool, selection);
    this.#byHandle.insert(hash, number, hash, handle.length);
    return pool;
  }

  /**
   * Removes a pool; its number may be given to another one.
   *
   * @param pool - A pool of this table.
   */
  remove(pool: Pool): void {
    const { number } = pool;
    this.#byHandle.remove(this.#records.hash(number), number);
    this.#pools[number] = undefined;
    this.#selections[number] = undefined;
    this.#freeNumbers.push(number);
  }

  #setTraits({ number, policy, transport }: Pool, selection: Selection): void {
    this.#selections[number] = selection;
    this.#types[number] = policy.type;
    this.#records.setTraits(number, transportCode(transport), hasValues(policy.type));
  }
}

function isSame(handle: Uint8Array, other: Uint8Array): boolean {
  for (let index = 0; index < handle.length; index += 1) if (handle[index] !== other[index]) return false;
  return true;
}
