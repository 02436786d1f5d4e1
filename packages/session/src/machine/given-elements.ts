import { bytesToHex } from '@rserpool/wire';

/** How many elements are kept at most; those of the pool that nothing was heard of for longest go first. */
const keptElements = 16_384;

/**
 * Which elements the application knows from this pool user. Only of these it may report a failure, and of each only
 * once until it is given it again: "ASAP SHOULD NOT send an ASAP_ENDPOINT_UNREACHABLE *unless* the user has actually
 * made a previous request to send data to the PE" (RFC 5352 section 6.9.2). With a transport of its own only the
 * application knows whether it has; to an element that it was never given it cannot have.
 */
export class GivenElements {
  readonly #pools: Map<string, Set<number>> = new Map();
  readonly #limit: number;
  #size = 0;

  /** @param limit - How many elements are kept. */
  constructor(limit: number = keptElements) {
    this.#limit = limit;
  }

  /**
   * The application is given elements of a pool.
   *
   * @param poolHandle - The pool.
   * @param elements - The elements.
   */
  give(poolHandle: Uint8Array, elements: readonly { readonly identifier: number }[]): void {
    const pool = bytesToHex(poolHandle);
    const given = this.#pools.get(pool) ?? new Set<number>();
    this.#pools.delete(pool);
    this.#pools.set(pool, given);
    this.#size -= given.size;
    for (const { identifier } of elements) given.add(identifier);
    this.#size += given.size;
    while (this.#size > this.#limit) this.#forgetOldest();
  }

  /**
   * The application reports a failure of an element.
   *
   * @param poolHandle - The pool.
   * @param identifier - The element.
   * @returns Whether it may.
   */
  take(poolHandle: Uint8Array, identifier: number): boolean {
    const pool = bytesToHex(poolHandle);
    const given = this.#pools.get(pool);
    if (given?.delete(identifier) !== true) return false;
    this.#size -= 1;
    if (given.size === 0) this.#pools.delete(pool);
    return true;
  }

  #forgetOldest(): void {
    for (const [pool, given] of this.#pools) {
      for (const identifier of given) {
        given.delete(identifier);
        this.#size -= 1;
        break;
      }
      if (given.size === 0) this.#pools.delete(pool);
      return;
    }
  }
}
