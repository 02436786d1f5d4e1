import type { AssociationId } from '@rserpool/wire';
import type { QueuedTimer } from '@rserpool/wire/internal';

/** What a handle resolution asks for: a number of elements, all of them, or all of them and the `updates` that follow. */
export type ResolutionVariant = number | undefined | 'updates';

/** A handle resolution that is not answered yet, and everybody who waits for it; its timer is T1. */
export class PendingResolution implements QueuedTimer {
  timerAt = 0;
  timerOrder = 0;
  timerPlace = -1;
  /** The pool, and the others that wait for their turn with it. */
  readonly queue: PoolQueue;
  /** The pool's handle. */
  readonly poolHandle: Uint8Array;
  /** What is asked for. */
  readonly variant: ResolutionVariant;
  /** Counts the resolutions: which one is older. */
  readonly number: number;
  /** The requests that get the answer, those that were cancelled among them; empty where only the cache does. */
  requests: number[];
  /** How many of them were cancelled. */
  cancelled = 0;
  /** The association that it was sent on last, while that is up. */
  sentOn: AssociationId | undefined;
  /** How often it was sent. */
  attempts = 0;
  /** How often T1 expired or the association broke. */
  failures = 0;

  constructor(
    queue: PoolQueue,
    poolHandle: Uint8Array,
    variant: ResolutionVariant,
    number: number,
    requests: number[],
  ) {
    this.queue = queue;
    this.poolHandle = poolHandle;
    this.variant = variant;
    this.number = number;
    this.requests = requests;
  }

  /** How many elements are asked for; all where absent. */
  get items(): number | undefined {
    return this.variant === 'updates' ? undefined : this.variant;
  }

  /** Whether the S flag is set. */
  get subscribe(): boolean {
    return this.variant === 'updates';
  }

  /** Whether it is the one that is sent for its pool. */
  get isFirst(): boolean {
    return this.queue.first === this;
  }
}

/** The resolutions of one pool. */
export interface PoolQueue {
  /** The pool, as a key. */
  readonly pool: string;
  /** The one whose turn it is. */
  first: PendingResolution | undefined;
  /** The others by what they ask for, in the order in which their turn comes. */
  others: Map<ResolutionVariant, PendingResolution> | undefined;
}

/** How many pools are kept at least without anything outstanding: a pool that was asked for will be again. */
const keptPools = 1024;

/**
 * The handle resolutions that are not answered yet. An answer names only the pool (RFC 5352 section 2.2.6), so that
 * of the ones for one pool, which differ in what they ask for, only the first is sent; the others follow one by one.
 */
export class PendingResolutions {
  readonly #pools: Map<string, PoolQueue> = new Map();
  #limit = keptPools;
  #size = 0;
  #lastNumber = 0;

  /** How many there are. */
  get size(): number {
    return this.#size;
  }

  /** The one for a pool that asks for this. */
  get(pool: string, variant: ResolutionVariant): PendingResolution | undefined {
    const queue = this.#pools.get(pool);
    if (queue?.first === undefined) return undefined;
    return queue.first.variant === variant ? queue.first : queue.others?.get(variant);
  }

  /** All of them, the oldest first. */
  all(): PendingResolution[] {
    const all: PendingResolution[] = [];
    for (const { first, others } of this.#pools.values()) {
      if (first !== undefined) all.push(first);
      if (others !== undefined) all.push(...others.values());
    }
    return all.sort((left, right) => left.number - right.number);
  }

  /** The one whose turn it is for a pool. */
  first(pool: string): PendingResolution | undefined {
    return this.#pools.get(pool)?.first;
  }

  /** Those whose turn it is, for every pool. */
  firsts(): PendingResolution[] {
    return this.all().filter((resolution) => resolution.isFirst);
  }

  /** Adds one, with the requests that get its answer. */
  add(
    pool: string,
    poolHandle: Uint8Array,
    variant: ResolutionVariant,
    requests: number[],
  ): PendingResolution {
    let queue = this.#pools.get(pool);
    if (queue === undefined) {
      if (this.#pools.size >= this.#limit) this.#forgetIdle();
      queue = { pool, first: undefined, others: undefined };
      this.#pools.set(pool, queue);
    }
    this.#size += 1;
    this.#lastNumber += 1;
    const resolution = new PendingResolution(queue, poolHandle, variant, this.#lastNumber, requests);
    if (queue.first === undefined) queue.first = resolution;
    else (queue.others ??= new Map()).set(variant, resolution);
    return resolution;
  }

  /** Takes one out; returns the one whose turn it is now if it was waiting for this one. */
  remove(resolution: PendingResolution): PendingResolution | undefined {
    const { queue } = resolution;
    this.#size -= 1;
    if (queue.first !== resolution) {
      queue.others?.delete(resolution.variant);
      return undefined;
    }
    queue.first = undefined;
    for (const next of queue.others?.values() ?? []) {
      queue.first = next;
      queue.others?.delete(next.variant);
      break;
    }
    return queue.first;
  }

  #forgetIdle(): void {
    for (const { pool, first } of this.#pools.values()) {
      if (first === undefined) this.#pools.delete(pool);
    }
    this.#limit = Math.max(keptPools, 2 * this.#pools.size);
  }
}
