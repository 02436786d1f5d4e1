import type { AssociationId } from '@rserpool/wire';

/** A handle resolution that is not answered yet, and everybody who waits for it. */
export interface PendingResolution {
  /** The name of its T1 timer, which is its key, too. */
  readonly timer: string;
  /** The pool, as a key: `poolKey` of its handle. */
  readonly pool: string;
  /** The pool. */
  readonly poolHandle: Uint8Array;
  /** How many elements are asked for. */
  readonly items: number | undefined;
  /** The requests that get the answer; empty where only the cache does. */
  readonly waiting: Set<number>;
  /** The association that it was sent on last, while that is up. */
  sentOn: AssociationId | undefined;
  /** How often it was sent. */
  attempts: number;
  /** How often T1 expired or the association broke. */
  failures: number;
}

/**
 * The handle resolutions that are not answered yet. An answer names only the pool (RFC 5352 section 2.2.6), so that
 * of the ones for one pool, which differ in `items`, only the first is sent; the others follow one by one.
 */
export class PendingResolutions {
  readonly #byTimer: Map<string, PendingResolution> = new Map();
  readonly #byPool: Map<string, PendingResolution[]> = new Map();

  /** How many there are. */
  get size(): number {
    return this.#byTimer.size;
  }

  /** The one with a timer. */
  get(timer: string): PendingResolution | undefined {
    return this.#byTimer.get(timer);
  }

  /** All of them. */
  all(): PendingResolution[] {
    return [...this.#byTimer.values()];
  }

  /** The one whose turn it is for a pool. */
  first(pool: string): PendingResolution | undefined {
    return this.#byPool.get(pool)?.[0];
  }

  /** Those whose turn it is, for every pool. */
  firsts(): PendingResolution[] {
    return [...this.#byPool.values()].flatMap((queue) => queue.slice(0, 1));
  }

  /** Adds one. */
  add(resolution: PendingResolution): void {
    this.#byTimer.set(resolution.timer, resolution);
    const queue = this.#byPool.get(resolution.pool);
    if (queue === undefined) this.#byPool.set(resolution.pool, [resolution]);
    else queue.push(resolution);
  }

  /** Takes one out; returns the one whose turn it is now if it was waiting for this one. */
  remove(resolution: PendingResolution): PendingResolution | undefined {
    this.#byTimer.delete(resolution.timer);
    const queue = this.#byPool.get(resolution.pool) ?? [];
    const position = queue.indexOf(resolution);
    if (position >= 0) queue.splice(position, 1);
    if (queue.length === 0) this.#byPool.delete(resolution.pool);
    return position === 0 ? queue[0] : undefined;
  }
}
