/** How many elements are kept at most; those of the pool that nothing was heard of for longest go first. */
const keptElements = 16_384;

/** What was given of one pool. */
interface GivenPool {
  readonly key: string;
  readonly elements: Set<number>;
  /** The next of the pools, which stand in a ring by when something was heard of them. */
  older: GivenPool;
  newer: GivenPool;
}

/**
 * Which elements the application knows from this pool user. Only of these it may report a failure, and of each only
 * once until it is given it again: "ASAP SHOULD NOT send an ASAP_ENDPOINT_UNREACHABLE *unless* the user has actually
 * made a previous request to send data to the PE" (RFC 5352 section 6.9.2). With a transport of its own only the
 * application knows whether it has; to an element that it was never given it cannot have.
 */
export class GivenElements {
  readonly #pools: Map<string, GivenPool> = new Map();
  /** Stands in the ring between the newest and the oldest pool, so that moving one of them changes no map. */
  readonly #ends: GivenPool = endsOfRing();
  readonly #limit: number;
  #size = 0;

  /** @param limit - How many elements are kept. */
  constructor(limit: number = keptElements) {
    this.#limit = limit;
  }

  /**
   * The application is given elements of a pool.
   *
   * @param key - The pool's key.
   * @param elements - The elements.
   */
  give(key: string, elements: readonly { readonly identifier: number }[]): void {
    for (const { identifier } of elements) this.giveOne(key, identifier);
  }

  /**
   * The application is given one element of a pool.
   *
   * @param key - The pool's key.
   * @param identifier - The element.
   */
  giveOne(key: string, identifier: number): void {
    const pool = this.#pools.get(key) ?? this.#add(key);
    if (this.#ends.older !== pool) {
      unlink(pool);
      this.#link(pool);
    }
    this.#size -= pool.elements.size;
    pool.elements.add(identifier);
    this.#size += pool.elements.size;
    if (this.#size > this.#limit) this.#forgetOldest();
  }

  /**
   * The application reports a failure of an element.
   *
   * @param key - The pool's key.
   * @param identifier - The element.
   * @returns Whether it may.
   */
  take(key: string, identifier: number): boolean {
    const pool = this.#pools.get(key);
    if (pool?.elements.delete(identifier) !== true) return false;
    this.#size -= 1;
    if (pool.elements.size === 0) this.#remove(pool);
    return true;
  }

  #add(key: string): GivenPool {
    const pool = { key, elements: new Set<number>(), older: this.#ends, newer: this.#ends };
    this.#pools.set(key, pool);
    this.#link(pool);
    return pool;
  }

  /** Makes a pool the newest one. */
  #link(pool: GivenPool): void {
    const ends = this.#ends;
    pool.older = ends.older;
    pool.newer = ends;
    ends.older.newer = pool;
    ends.older = pool;
  }

  #remove(pool: GivenPool): void {
    this.#pools.delete(pool.key);
    unlink(pool);
  }

  #forgetOldest(): void {
    const oldest = this.#ends.newer;
    for (const identifier of oldest.elements) {
      oldest.elements.delete(identifier);
      this.#size -= 1;
      break;
    }
    if (oldest.elements.size === 0) this.#remove(oldest);
  }
}

function endsOfRing(): GivenPool {
  const ends = { key: '', elements: new Set<number>() } as GivenPool;
  ends.older = ends;
  ends.newer = ends;
  return ends;
}

function unlink({ older, newer }: GivenPool): void {
  older.newer = newer;
  newer.older = older;
}
