import { poolHandleHash } from './hashing.ts';
import type { Pool } from './pool.ts';
import { ProbeTable } from './probe-table.ts';

/** The pools: by handle, and by number for whoever keeps a pool in a column. */
export class PoolTable {
  readonly #seed: number;
  readonly #pools: (Pool | undefined)[] = [];
  readonly #freeNumbers: number[] = [];
  readonly #byHandle: ProbeTable = new ProbeTable();

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
   * The pool with a handle.
   *
   * @param handle - The bytes.
   */
  find(handle: Uint8Array): Pool | undefined {
    const hash = poolHandleHash(handle, this.#seed);
    for (let place = this.#byHandle.first(hash); place !== -1; place = this.#byHandle.next(place)) {
      const pool = this.at(this.#byHandle.valueAt(place));
      if (isSame(pool.handle, handle)) return pool;
    }
    return undefined;
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
   * @param handle - A handle that no pool has; the table keeps these bytes.
   * @param content - The rest of the pool.
   */
  add(handle: Uint8Array, content: Omit<Pool, 'number' | 'handle' | 'hash' | 'page'>): Pool {
    const number = this.#freeNumbers.pop() ?? this.#pools.length;
    const { handleSum, members, policy, transport, selector } = content;
    const hash = poolHandleHash(handle, this.#seed);
    const pool: Pool = {
      number,
      handle,
      hash,
      handleSum,
      members,
      policy,
      transport,
      selector,
      page: 0,
    };
    this.#pools[number] = pool;
    this.#byHandle.insert(pool.hash, number);
    return pool;
  }

  /**
   * Removes a pool; its number may be given to another one.
   *
   * @param pool - A pool of this table.
   */
  remove(pool: Pool): void {
    this.#pools[pool.number] = undefined;
    this.#freeNumbers.push(pool.number);
    for (let place = this.#byHandle.first(pool.hash); place !== -1; place = this.#byHandle.next(place)) {
      if (this.#byHandle.valueAt(place) === pool.number) {
        this.#byHandle.removeAt(place);
        return;
      }
    }
  }
}

function isSame(handle: Uint8Array, other: Uint8Array): boolean {
  const { length } = handle;
  if (other.length !== length) return false;
  for (let index = 0; index < length; index += 1) if (handle[index] !== other[index]) return false;
  return true;
}
