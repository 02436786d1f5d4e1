import type { ResolvedPool } from '@rserpool/asap';
import { createPoolUserSelector, type PoolUserSelector } from '@rserpool/policies';
import type { PoolElement, RandomSource } from '@rserpool/wire';
import { poolKey } from '@rserpool/wire/internal';

/** How many pools a pool user keeps the policy's state of; the one that was offered longest ago goes first. */
const maximumPools = 1024;

/**
 * The state of the pools' policies at a pool user: one for each pool and shared by the sessions, so that two sessions
 * that are served from the cache do not both take the first element (RFC 5352 section 6.5.2.1).
 */
export class PoolSelectors {
  readonly #random: RandomSource;
  readonly #selectors: Map<string, PoolUserSelector<PoolElement>> = new Map();
  #newest = '';

  /**
   * @param random - For randomized policies.
   */
  constructor(random: RandomSource) {
    this.#random = random;
  }

  /**
   * Takes an answer of a registrar, or of the cache.
   *
   * @param pool - The pool.
   */
  offer(pool: ResolvedPool): void {
    const key = poolKey(pool.poolHandle);
    // RFC 5356 section 4.1: round robin is the policy that everybody knows, also of pools with an unknown one.
    const type = pool.policy.type === 'unknown' ? 'roundRobin' : pool.policy.type;
    let selector = this.#selectors.get(key);
    const isKnown = selector?.type === type;
    if (selector === undefined || !isKnown) {
      selector = createPoolUserSelector<PoolElement>(type, { random: this.#random });
      selector.replace(pool.poolElements);
    } else if (!pool.fromCache) selector.replace(pool.poolElements);
    // A pool that was offered last stands last already.
    if (isKnown && key === this.#newest) return;
    this.#selectors.delete(key);
    this.#newest = key;
    this.#selectors.set(key, selector);
    if (this.#selectors.size > maximumPools) this.#forgetOldest();
  }

  /**
   * Chooses an element by the pool's policy, and advances its state.
   *
   * @param poolHandle - The pool.
   * @param exclude - Tells which elements must not be chosen.
   */
  select(poolHandle: Uint8Array, exclude: (element: PoolElement) => boolean): PoolElement | undefined {
    return this.#selectors.get(poolKey(poolHandle))?.next({ exclude });
  }

  #forgetOldest(): void {
    for (const oldest of this.#selectors.keys()) {
      this.#selectors.delete(oldest);
      return;
    }
  }
}
