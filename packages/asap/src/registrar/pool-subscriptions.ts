import type { ElementReference } from '@rserpool/handlespace';
import type { AssociationId } from '@rserpool/wire';
import { bytesEqual, decodeAsapMessage } from '@rserpool/wire';
import { EncodedSend, poolKey, TimerQueue } from '@rserpool/wire/internal';
import { poolUpdate } from './pool-update.ts';
import type { RegistrarRuntime } from './registrar-runtime.ts';
import { SubscribedPool, Subscriber } from './subscribed-pool.ts';

/** How many updates are sent in one go: those who ask for something wait no longer than for these. */
const updatesPerRun = 256;

/**
 * Dynamic updates (RFC 5352 section 2.2.5): which association wants to hear of which pool, for as long as it lives,
 * and what it has not been told yet.
 *
 * A change is sent at once, and what changes within `poolUpdateIntervalMs` after it in one more update. Only the newest
 * state of a pool is ever sent: an association takes one update at a time, and one that does not take what was sent to
 * it gets nothing more until it does. A re-registration that changes nothing is no change. When a pool disappears its
 * subscribers get a negative answer, after which no updates follow, as the section says.
 */
export class PoolSubscriptions {
  readonly #runtime: RegistrarRuntime;
  readonly #pools: Map<string, SubscribedPool> = new Map();
  readonly #subscribers: Map<AssociationId, Subscriber> = new Map();
  /** The pools that changed since the machine ran last. */
  readonly #changed: Set<SubscribedPool> = new Set();
  /** The subscribers that can be sent something, in their turn. */
  readonly #ready: Set<Subscriber> = new Set();
  readonly #pauses: TimerQueue<SubscribedPool> = new TimerQueue();
  #size = 0;
  #unobserve: (() => void) | undefined;

  /** @param runtime - What the procedures share. */
  constructor(runtime: RegistrarRuntime) {
    this.#runtime = runtime;
  }

  /** How many subscriptions there are. */
  get size(): number {
    return this.#size;
  }

  /** Whether something can be done at once. */
  get isUnsettled(): boolean {
    return this.#changed.size > 0 || this.#ready.size > 0;
  }

  /** When {@link settle} wants to be called, beside at once. */
  next(): number | undefined {
    return this.#pauses.next();
  }

  /** Whether an association may subscribe to a pool; one that has done so may again. Counts where it may not. */
  isRoomFor(association: AssociationId, poolHandle: Uint8Array): boolean {
    const { counters, limits } = this.#runtime;
    const pools = this.#subscribers.get(association)?.pools;
    if (pools?.has(poolKey(poolHandle)) === true) return true;
    const isOwnFull = (pools?.size ?? 0) >= limits.maximumSubscriptionsPerAssociation;
    if (!isOwnFull && this.#size < limits.maximumSubscriptions) return true;
    counters.subscriptionsRefused += 1;
    const limit = isOwnFull ? 'maximumSubscriptionsPerAssociation' : 'maximumSubscriptions';
    this.#runtime.emit({ type: 'subscriptionRefused', poolHandle, association, limit });
    return false;
  }

  /** An association that was just answered with the pool's elements wants its updates. */
  subscribe(association: AssociationId, poolHandle: Uint8Array): void {
    const key = poolKey(poolHandle);
    const subscriber = this.#subscriber(association);
    // The answer is newer than what waits.
    this.#forgetUnsent(subscriber, key);
    const pool = this.#pools.get(key) ?? this.#add(key, poolHandle);
    if (pool.isChanged) pool.isDoubtful = true;
    if (subscriber.pools.has(key)) return;
    subscriber.pools.set(key, pool);
    pool.subscribers.add(subscriber);
    this.#size += 1;
    this.#runtime.counters.subscriptions += 1;
    this.#runtime.emit({ type: 'poolSubscribed', poolHandle: pool.poolHandle, association });
  }

  /** The transport holds up what goes over an association, or does so no longer. */
  congestion(association: AssociationId, isCongested: boolean): void {
    const subscriber = this.#subscribers.get(association);
    if (subscriber === undefined) return;
    subscriber.isCongested = isCongested;
    if (isCongested) this.#ready.delete(subscriber);
    else if (subscriber.unsent.size > 0) this.#ready.add(subscriber);
  }

  /** An association is gone, and its subscriptions with it. */
  associationGone(association: AssociationId): void {
    const subscriber = this.#subscribers.get(association);
    if (subscriber === undefined) return;
    this.#subscribers.delete(association);
    this.#ready.delete(subscriber);
    for (const pool of subscriber.pools.values()) {
      this.#size -= 1;
      pool.subscribers.delete(subscriber);
      if (pool.subscribers.size === 0) this.#forget(pool);
    }
  }

  /** Makes updates that are due, and sends some: a slice. */
  settle(now: number): void {
    let rest = updatesPerRun;
    for (const pool of this.#changed) {
      if (rest === 0) break;
      rest -= 1;
      this.#changed.delete(pool);
      const pauseEnds = pool.updatedAt + this.#runtime.timing.poolUpdateIntervalMs;
      if (pauseEnds <= now) this.#update(pool, now);
      else if (pool.timerPlace < 0) this.#pauses.set(pool, pauseEnds);
    }
    for (; rest > 0; rest -= 1) {
      const pool = this.#pauses.takeExpired(now);
      if (pool === undefined) break;
      this.#update(pool, now);
    }
    this.#send();
  }

  /** Ends all subscriptions. */
  close(): void {
    this.#subscribers.clear();
    this.#changed.clear();
    this.#ready.clear();
    this.#pauses.clear();
    this.#pools.clear();
    this.#size = 0;
    this.#endObserving();
  }

  #subscriber(association: AssociationId): Subscriber {
    let subscriber = this.#subscribers.get(association);
    if (subscriber === undefined) {
      subscriber = new Subscriber(association);
      this.#subscribers.set(association, subscriber);
    }
    return subscriber;
  }

  #add(key: string, poolHandle: Uint8Array): SubscribedPool {
    const own = poolHandle.slice();
    const pool = new SubscribedPool(key, own, poolUpdate(this.#runtime, own));
    this.#pools.set(key, pool);
    const { handlespace } = this.#runtime;
    // Only while somebody wants to know: every registration comes here.
    this.#unobserve ??= handlespace.observe({
      changed: (_kind, element: ElementReference) => this.#noteChange(handlespace.poolHandle(element)),
      removed: (change) => this.#noteChange(change.poolHandle),
      // Which pools the elements are in would have to be asked of each; an update that tells nothing new is not sent.
      takenOver: () => {
        for (const each of this.#pools.values()) this.#note(each);
      },
    });
    return pool;
  }

  #noteChange(poolHandle: Uint8Array): void {
    const pool = this.#pools.get(poolKey(poolHandle));
    if (pool !== undefined) this.#note(pool);
  }

  #note(pool: SubscribedPool): void {
    pool.isChanged = true;
    if (pool.timerPlace < 0) this.#changed.add(pool);
  }

  #update(pool: SubscribedPool, now: number): void {
    const { counters } = this.#runtime;
    const update = poolUpdate(this.#runtime, pool.poolHandle);
    const isSame = bytesEqual(update.message, pool.update.message) && !pool.isDoubtful;
    pool.isChanged = false;
    pool.isDoubtful = false;
    if (isSame) return;
    pool.update = update;
    pool.updatedAt = now;
    if (update.omitted > 0) counters.updatesTruncated += 1;
    const { poolHandle } = pool;
    const { elements } = update;
    this.#runtime.emit({ type: 'poolUpdated', poolHandle, elements, subscribers: pool.subscribers.size });
    for (const subscriber of pool.subscribers) {
      if (this.#forgetUnsent(subscriber, pool.key)) counters.updatesSuperseded += 1;
      subscriber.unsent.set(pool.key, pool);
      if (!subscriber.isCongested) this.#ready.add(subscriber);
    }
    if (elements > 0) return;
    for (const subscriber of pool.subscribers) subscriber.pools.delete(pool.key);
    this.#size -= pool.subscribers.size;
    this.#forget(pool);
  }

  // One update to each: the transport can say that it holds up the association before the next one is sent.
  #send(): void {
    const most = Math.min(updatesPerRun, this.#ready.size);
    let sent = 0;
    for (const subscriber of this.#ready) {
      if (sent === most) return;
      sent += 1;
      this.#ready.delete(subscriber);
      for (const [key, pool] of subscriber.unsent) {
        subscriber.unsent.delete(key);
        const { association } = subscriber;
        this.#runtime.outputs.push(new EncodedSend(association, pool.update.message, decodeAsapMessage));
        this.#runtime.counters.updatesSent += 1;
        break;
      }
      if (subscriber.unsent.size > 0) this.#ready.add(subscriber);
      else if (subscriber.pools.size === 0) this.#subscribers.delete(subscriber.association);
    }
  }

  #forgetUnsent(subscriber: Subscriber, key: string): boolean {
    if (!subscriber.unsent.delete(key)) return false;
    if (subscriber.unsent.size === 0) this.#ready.delete(subscriber);
    return true;
  }

  #forget(pool: SubscribedPool): void {
    this.#pools.delete(pool.key);
    this.#changed.delete(pool);
    this.#pauses.stop(pool);
    if (this.#pools.size === 0) this.#endObserving();
  }

  #endObserving(): void {
    this.#unobserve?.();
    this.#unobserve = undefined;
  }
}
