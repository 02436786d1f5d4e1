import type { PolicyParameter, PoolElement } from '@rserpool/wire';

/** A pool in the cache. */
export interface CachedPool {
  /** The overall policy. */
  readonly policy: PolicyParameter;
  /** The elements that the registrar named, less those that were dropped since. */
  readonly poolElements: readonly PoolElement[];
  /** When the registrar's answer came. */
  readonly storedAt: number;
}

/** How many answers with distinct `items` are kept for one pool. */
const maximumVariants = 8;

/**
 * The pool user's cache (RFC 5352 section 3.3, C1-C4). Answers to requests with distinct `items` are kept apart:
 * three elements chosen by the registrar are no substitute for the whole pool, nor the other way round.
 */
export class PoolCache {
  readonly #pools: Map<string, Map<number, CachedPool>> = new Map();
  readonly #staleCacheValueMs: number;
  readonly #maximumPools: number;

  /**
   * @param staleCacheValueMs - How long an entry is fresh.
   * @param maximumPools - How many pools are kept; the one that was written longest ago goes first.
   */
  constructor(staleCacheValueMs: number, maximumPools: number) {
    this.#staleCacheValueMs = staleCacheValueMs;
    this.#maximumPools = maximumPools;
  }

  /** The entry for a pool, fresh or stale; one without elements is as good as none. */
  find(pool: string, items: number | undefined): CachedPool | undefined {
    const entry = this.#pools.get(pool)?.get(items ?? 0);
    return entry === undefined || entry.poolElements.length === 0 ? undefined : entry;
  }

  /** Whether anything is ever kept. */
  get isUsed(): boolean {
    return this.#maximumPools > 0;
  }

  /** All answers that are kept, each with its pool. */
  *entries(): Generator<readonly [string, CachedPool]> {
    for (const [pool, variants] of this.#pools) {
      for (const entry of variants.values()) yield [pool, entry];
    }
  }

  /** C2: whether an entry may be used without asking. */
  isFresh(entry: CachedPool, now: number): boolean {
    return now - entry.storedAt < this.#staleCacheValueMs;
  }

  /** Writes an answer. */
  store(pool: string, items: number | undefined, entry: CachedPool): void {
    if (this.#maximumPools === 0) return;
    const variants = this.#pools.get(pool) ?? new Map<number, CachedPool>();
    variants.delete(items ?? 0);
    if (variants.size >= maximumVariants) deleteFirst(variants);
    variants.set(items ?? 0, entry);
    this.#pools.delete(pool);
    if (this.#pools.size >= this.#maximumPools) deleteFirst(this.#pools);
    this.#pools.set(pool, variants);
  }

  /** Writes an update: elements that it does not name any more leave the other answers, too. */
  follow(pool: string, entry: CachedPool): void {
    const variants = this.#pools.get(pool);
    if (variants !== undefined) {
      const left = new Set(entry.poolElements.map((element) => element.identifier));
      for (const [items, old] of variants) {
        const poolElements = old.poolElements.filter((element) => left.has(element.identifier));
        if (poolElements.length < old.poolElements.length) variants.set(items, { ...old, poolElements });
      }
    }
    this.store(pool, undefined, entry);
  }

  /** Drops a pool. */
  purge(pool: string): void {
    this.#pools.delete(pool);
  }

  /** Drops one element of a pool. */
  purgeElement(pool: string, poolElementIdentifier: number): void {
    const variants = this.#pools.get(pool);
    if (variants === undefined) return;
    for (const [items, entry] of variants) {
      const poolElements = entry.poolElements.filter(
        (element) => element.identifier !== poolElementIdentifier,
      );
      if (poolElements.length < entry.poolElements.length) variants.set(items, { ...entry, poolElements });
    }
  }
}

function deleteFirst<Key>(map: Map<Key, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
