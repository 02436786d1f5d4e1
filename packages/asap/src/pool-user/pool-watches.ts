import type { AsapMessage, AssociationId, ErrorCause } from '@rserpool/wire';
import { bytesToHex, ErrorCauseCode, RserpoolError } from '@rserpool/wire';
import { poolKey, TimerQueue } from '@rserpool/wire/internal';
import type { ClientRuntime } from '../client/client-runtime.ts';
import type { HomeLink } from '../client/home-link.ts';
import type { RunningTimer } from '../client/running-timer.ts';
import type { PoolCache } from './pool-cache.ts';
import type { PoolUserCounters } from './pool-user-counters.ts';
import type { PoolUserEvent } from './pool-user-event.ts';
import type { PoolUserOutput, ResolutionFailure, ResolvedPool } from './pool-user-output.ts';
import { isSamePool } from './same-pool.ts';
import { WatchedPool } from './watched-pool.ts';

/** So that those who lost the same registrar do not ask the next one at the same time. */
const jitter = 0.25;

/** What the watches need of their machine. */
export interface PoolWatchesContext {
  /** Timers, outputs, random numbers. */
  readonly runtime: ClientRuntime<PoolUserOutput>;
  /** The home registrar. */
  readonly home: HomeLink;
  /** The cache, which follows the updates. */
  readonly cache: PoolCache;
  /** What is counted. */
  readonly counters: PoolUserCounters;
  /** How many watches there may be. */
  readonly maximumWatches: number;
  /** Sends an ASAP_HANDLE_RESOLUTION with the S flag, unless one is under way. */
  ask(pool: string, poolHandle: Uint8Array, now: number): void;
  /** Reports a change of state. */
  emit(event: PoolUserEvent): void;
}

/**
 * Pools that are followed by their updates (RFC 5352 section 2.2.5). Each pool is asked for once with the S flag, however
 * many watch it, and again at every new home registrar, because registrars do not share who wants updates. Where no
 * updates come, because the registrar declines or does not know the pool, it is asked for again and again; where nobody
 * can be asked, as often as `maximumWatchAttempts`, with growing pauses.
 */
export class PoolWatches {
  readonly #context: PoolWatchesContext;
  readonly #pools: Map<string, WatchedPool> = new Map();
  readonly #watches: Map<number, WatchedPool> = new Map();
  readonly #polls: TimerQueue<WatchedPool> = new TimerQueue();
  /** Over which association updates come that nobody wants any more. */
  #abandonedOn: AssociationId | undefined;

  constructor(context: PoolWatchesContext) {
    this.#context = context;
  }

  /** Whether the association to the home registrar is better closed, for nothing else ends the updates. */
  get isReleaseWanted(): boolean {
    if (this.#abandonedOn === undefined || this.#pools.size > 0) return false;
    return this.#context.home.current?.association === this.#abandonedOn;
  }

  /** Whether the registrar at an association sends updates of a pool. */
  isSubscribed(pool: string, association: AssociationId): boolean {
    return this.#pools.get(pool)?.subscribedOn === association;
  }

  /** Whether what is known of a pool is kept up to date. */
  isFollowed(pool: string): boolean {
    return this.#pools.size > 0 && this.#pools.get(pool)?.subscribedOn !== undefined;
  }

  /** When pools are asked for again. */
  runningTimers(): RunningTimer[] {
    return [...this.#pools.values()]
      .filter((watched) => watched.timerPlace >= 0)
      .map(({ timerAt, poolHandle }) => ({ name: `poll ${bytesToHex(poolHandle)}`, at: timerAt }));
  }

  /** Begins a watch. */
  watch(watch: number, poolHandle: Uint8Array, now: number): void {
    if (this.#watches.has(watch)) {
      throw invalidArgument(`watch ${String(watch)} exists already; give each watch a number of its own`);
    }
    if (poolHandle.length === 0) throw invalidArgument('the pool handle is empty; give at least one byte');
    if (this.#watches.size >= this.#context.maximumWatches) {
      this.#context.emit({ type: 'watchRefused', watch });
      this.#output({ type: 'watchFailed', watch, reason: 'rejected', causes: [] });
      return;
    }
    const pool = poolKey(poolHandle);
    let watched = this.#pools.get(pool);
    if (watched === undefined) {
      watched = new WatchedPool(pool, poolHandle);
      this.#pools.set(pool, watched);
      this.#context.ask(pool, poolHandle, now);
    } else if (watched.isKnown) {
      const { state } = watched;
      this.#output({ type: 'poolChanged', watch, pool: state && { ...state, fromCache: true } });
    }
    watched.watches.add(watch);
    this.#watches.set(watch, watched);
  }

  /** Ends a watch. What is under way stays, since its answer could not be told from the next one's. */
  unwatch(watch: number): void {
    const watched = this.#watches.get(watch);
    if (watched === undefined) return;
    this.#watches.delete(watch);
    watched.watches.delete(watch);
    if (watched.watches.size === 0) this.#forget(watched);
  }

  /** A request for updates was answered with the pool. */
  answered(
    pool: string,
    state: ResolvedPool,
    association: AssociationId,
    subscribed: boolean,
    now: number,
  ): void {
    const watched = this.#pools.get(pool);
    if (watched === undefined) {
      if (subscribed) this.#abandonedOn = association;
      return;
    }
    watched.failures = 0;
    const { poolHandle } = watched;
    if (subscribed) {
      if (watched.subscribedOn !== association) {
        this.#context.emit({ type: 'updatesGranted', poolHandle, association });
      }
      this.#polls.stop(watched);
      watched.subscribedOn = association;
    } else {
      this.#context.emit({ type: 'updatesDeclined', poolHandle, association });
      this.#poll(watched, now);
    }
    this.#change(watched, state);
  }

  /** A request for updates was answered with an error, or not at all. */
  failed(pool: string, reason: ResolutionFailure, causes: readonly ErrorCause[], now: number): void {
    const watched = this.#pools.get(pool);
    if (watched === undefined) return;
    if (reason === 'unknownPoolHandle') {
      watched.failures = 0;
      this.#poll(watched, now);
      this.#change(watched, undefined);
      return;
    }
    this.#retry(watched, reason, causes, now);
  }

  /** A response came that answers no request. */
  updated(
    pool: string,
    association: AssociationId,
    response: Extract<AsapMessage, { type: 'ASAP_HANDLE_RESOLUTION_RESPONSE' }>,
    now: number,
  ): void {
    const { cache, counters } = this.#context;
    const watched = this.#pools.get(pool);
    if (watched?.subscribedOn !== association) {
      const { poolHandle } = response;
      counters.responsesIgnored += 1;
      this.#context.emit({ type: 'responseIgnored', poolHandle, association });
      return;
    }
    const { poolHandle } = watched;
    const { poolElements } = response;
    const causes = response.error?.causes ?? [];
    const isThere = response.error === undefined && poolElements.length > 0;
    counters.updatesReceived += 1;
    const elements = isThere ? poolElements.length : 0;
    this.#context.emit({ type: 'updateReceived', poolHandle, elements, association });
    if (isThere) {
      const policy = response.policy ?? { type: 'roundRobin' };
      cache.follow(pool, { policy, poolElements, storedAt: now });
      // An update without the A flag is the last one.
      if (!response.subscribed) this.#poll(watched, now);
      this.#change(watched, { poolHandle, policy, poolElements, fromCache: false });
    } else if (causes.some((cause) => cause.code === ErrorCauseCode.unknownPoolHandle)) {
      cache.purge(pool);
      this.failed(pool, 'unknownPoolHandle', causes, now);
    } else {
      this.#retry(watched, 'rejected', causes, now);
    }
  }

  /** There is a new home registrar, which knows nothing of updates that others sent. */
  homeChanged(now: number): void {
    this.#abandonedOn = undefined;
    for (const watched of this.#pools.values()) this.#askAnew(watched, now);
  }

  /** The association to the home registrar broke. */
  homeLost(now: number): void {
    this.#abandonedOn = undefined;
    for (const watched of this.#pools.values()) {
      if (watched.subscribedOn !== undefined) this.#askAnew(watched, now);
    }
  }

  /** The association to the home registrar was closed. */
  released(): void {
    this.#abandonedOn = undefined;
  }

  /** When {@link timeout} wants to be called. */
  nextTimeout(): number | undefined {
    return this.#polls.next();
  }

  /** Asks for one pool again. */
  timeout(now: number): void {
    const watched = this.#polls.takeExpired(now);
    if (watched !== undefined) this.#context.ask(watched.pool, watched.poolHandle, now);
  }

  /** Ends all watches; nobody is told. */
  shutdown(): void {
    this.#pools.clear();
    this.#watches.clear();
    this.#polls.clear();
  }

  #askAnew(watched: WatchedPool, now: number): void {
    watched.subscribedOn = undefined;
    this.#polls.stop(watched);
    this.#context.ask(watched.pool, watched.poolHandle, now);
  }

  #poll(watched: WatchedPool, now: number): void {
    const { timing } = this.#context.runtime;
    watched.subscribedOn = undefined;
    this.#polls.set(watched, now + this.#context.runtime.vary(timing.poolPollIntervalMs, jitter));
  }

  #retry(watched: WatchedPool, reason: ResolutionFailure, causes: readonly ErrorCause[], now: number): void {
    const { runtime } = this.#context;
    const { poolPollIntervalMs, maximumServerHuntTimeoutMs, maximumWatchAttempts } = runtime.timing;
    watched.subscribedOn = undefined;
    watched.failures += 1;
    const { failures, poolHandle } = watched;
    if (failures >= maximumWatchAttempts) {
      for (const watch of watched.watches) {
        this.#watches.delete(watch);
        this.#output({ type: 'watchFailed', watch, reason, causes });
      }
      this.#forget(watched);
      return;
    }
    const doubled = poolPollIntervalMs * 2 ** (failures - 1);
    // RETRAN-MAX "puts a ceiling on how far the [...] timer will back off" (section 7.3).
    const delayMs = runtime.vary(
      Math.min(doubled, Math.max(poolPollIntervalMs, maximumServerHuntTimeoutMs)),
      jitter,
    );
    this.#context.emit({ type: 'watchRetry', poolHandle, reason, failures, delayMs });
    this.#polls.set(watched, now + delayMs);
  }

  #change(watched: WatchedPool, state: ResolvedPool | undefined): void {
    const { state: former, isKnown } = watched;
    watched.state = state;
    watched.isKnown = true;
    if (isKnown && (state === undefined ? former === undefined : former && isSamePool(former, state))) return;
    for (const watch of watched.watches) this.#output({ type: 'poolChanged', watch, pool: state });
  }

  #forget(watched: WatchedPool): void {
    this.#pools.delete(watched.pool);
    this.#polls.stop(watched);
    if (watched.subscribedOn !== undefined) this.#abandonedOn = watched.subscribedOn;
  }

  #output(output: PoolUserOutput): void {
    this.#context.runtime.outputs.push(output);
  }
}

function invalidArgument(message: string): RserpoolError {
  return new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', message);
}
