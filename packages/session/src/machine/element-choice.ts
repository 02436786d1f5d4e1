import type { ResolvedPool } from '@rserpool/asap';
import { bytesEqual, type PoolElement, type UserTransport } from '@rserpool/wire';
import type { PoolSelectors } from './pool-selectors.ts';

/** The protocols of user transports over which a session can reach an element. */
export type SessionProtocol = 'sctp' | 'tcp';

/**
 * Whether a pool user that was given transports for these protocols can reach a user transport.
 *
 * @param transport - Where an element is.
 * @param protocols - What can be reached.
 */
export function isUsable(transport: UserTransport, protocols: readonly SessionProtocol[]): boolean {
  return (
    (transport.protocol === 'sctp' || transport.protocol === 'tcp') && protocols.includes(transport.protocol)
  );
}

/**
 * Which element a session tries next: of the resolved pool those that it can reach, without the ones that failed,
 * in the order of the last business card (RFC 5352 section 3.9 BC2) and then by the pool's policy
 * (RFC 5352 section 6.5.2).
 */
export class ElementChoice {
  readonly #selectors: PoolSelectors;
  readonly #protocols: readonly SessionProtocol[];
  readonly #failed: Set<number> = new Set();
  #pool: ResolvedPool | undefined;
  /** Those of the pool that can be reached, by their identifiers. */
  readonly #usable: Map<number, PoolElement> = new Map();
  #preferred: readonly number[];
  /** The pool that the order is for; the session's own where it is not named. */
  #preferredPool: Uint8Array | undefined;
  readonly #isExcluded = ({ identifier }: PoolElement): boolean =>
    this.#failed.has(identifier) || !this.#usable.has(identifier);

  /**
   * @param selectors - The policies' state, shared by the sessions of a pool user.
   * @param protocols - What can be reached.
   * @param preferred - The order to begin with, as {@link prefer} takes it.
   */
  constructor(
    selectors: PoolSelectors,
    protocols: readonly SessionProtocol[],
    preferred: readonly number[] = [],
  ) {
    this.#preferred = preferred;
    this.#selectors = selectors;
    this.#protocols = protocols;
  }

  /**
   * Takes a new answer of a registrar or of the cache.
   *
   * @param pool - The pool.
   * @returns How many of its elements can be reached at all.
   */
  offer(pool: ResolvedPool): number {
    this.#pool = pool;
    this.#selectors.offer(pool);
    this.#usable.clear();
    for (const element of pool.poolElements) {
      if (isUsable(element.userTransport, this.#protocols)) this.#usable.set(element.identifier, element);
    }
    return this.#usable.size;
  }

  /**
   * Leaves an element out until {@link forgetFailed}.
   *
   * @param identifier - The pool element identifier.
   */
  markFailed(identifier: number): void {
    this.#failed.add(identifier);
  }

  /** All may be chosen again: every element has been tried, or a connection has held. */
  forgetFailed(): void {
    this.#failed.clear();
  }

  /**
   * Takes the failover order of a business card; it goes before the policy until the next card. That of another pool
   * than the session's counts for nothing.
   *
   * @param poolHandle - The pool of the card.
   * @param identifiers - The pool element identifiers, the preferred one first.
   */
  prefer(poolHandle: Uint8Array, identifiers: readonly number[]): void {
    this.#preferredPool = poolHandle.slice();
    this.#preferred = identifiers;
  }

  /** Chooses, or returns `undefined` where all elements that can be reached have failed. */
  next(): PoolElement | undefined {
    if (this.#pool === undefined) return undefined;
    const { poolHandle } = this.#pool;
    if (this.#preferredPool === undefined || bytesEqual(this.#preferredPool, poolHandle)) {
      for (const preferred of this.#preferred) {
        const element = this.#failed.has(preferred) ? undefined : this.#usable.get(preferred);
        if (element !== undefined) return element;
      }
    }
    return this.#selectors.select(poolHandle, this.#isExcluded);
  }
}
