import type { AsapMessage, AssociationId, ErrorCause } from '@rserpool/wire';
import { bytesToHex, ErrorCauseCode } from '@rserpool/wire';
import { NumberTable, poolKey, TimerQueue } from '@rserpool/wire/internal';
import type { ClientRuntime } from '../client/client-runtime.ts';
import type { HomeLink } from '../client/home-link.ts';
import type { RunningTimer } from '../client/running-timer.ts';
import type { PendingResolution, ResolutionVariant } from './pending-resolution.ts';
import { PendingResolutions } from './pending-resolution.ts';
import type { PoolCache } from './pool-cache.ts';
import type { PoolUserEvent } from './pool-user-event.ts';
import type { PoolUserOutput, ResolutionFailure, ResolvedPool } from './pool-user-output.ts';
import type { PoolWatches } from './pool-watches.ts';

/** What the resolution of handles needs of its machine. */
export interface ResolutionContext {
  /** Timers, outputs, random numbers. */
  readonly runtime: ClientRuntime<PoolUserOutput>;
  /** The home registrar. */
  readonly home: HomeLink;
  /** The cache. */
  readonly cache: PoolCache;
  /** Who watches pools by their updates. */
  readonly watches: PoolWatches;
  /** Reports a change of state. */
  emit(event: PoolUserEvent): void;
}

type Response = Extract<AsapMessage, { type: 'ASAP_HANDLE_RESOLUTION_RESPONSE' }>;

/**
 * Handle resolution (RFC 5352 section 3.3): NR1-NR4 with T1, the retransmissions of section 3.7.2 with a hunt in
 * parallel, and the waiting requests. T1 runs from the request on, with a registrar or without, so that every
 * request ends.
 */
export class ResolutionProcedure {
  readonly #context: ResolutionContext;
  readonly #pending: PendingResolutions = new PendingResolutions();
  readonly #requests: NumberTable<PendingResolution> = new NumberTable();
  readonly #timers: TimerQueue<PendingResolution> = new TimerQueue();

  constructor(context: ResolutionContext) {
    this.#context = context;
  }

  /** How many requests wait, or resolutions are outstanding, whichever is more. */
  get load(): number {
    return Math.max(this.#requests.size, this.#pending.size);
  }

  /** Whether any resolution is not answered yet. */
  get isBusy(): boolean {
    return this.#pending.size > 0;
  }

  /** Whether a request of this number waits. */
  has(request: number): boolean {
    return this.#requests.has(request);
  }

  /** The T1 timers, named after pool and number of items. */
  runningTimers(): RunningTimer[] {
    return this.#pending.all().map(({ timerAt, poolHandle, variant }) => ({
      name: `T1-ENRPrequest ${bytesToHex(poolHandle)} ${variant === undefined ? 'all' : String(variant)}`,
      at: timerAt,
    }));
  }

  /**
   * Asks a registrar, or joins a request that was sent already; `request` is absent for an update of the cache, and for
   * a request for updates, whose answer goes to the watches.
   */
  ask(
    request: number | undefined,
    pool: string,
    poolHandle: Uint8Array,
    variant: ResolutionVariant,
    now: number,
  ): void {
    const pending = this.#pending.get(pool, variant);
    if (pending === undefined) {
      // Nearly always nobody else joins: an array that begins with its one request stays as short as that.
      const requests = request === undefined ? [] : [request];
      const started = this.#start(pool, poolHandle, variant, requests, now);
      if (request !== undefined) this.#requests.set(request, started);
    } else if (request !== undefined) {
      pending.requests.push(request);
      this.#requests.set(request, pending);
    }
  }

  /** Forgets a request. What was sent stays, since its answer could not be told from the next one's. */
  cancel(request: number, now: number): void {
    const resolution = this.#requests.get(request);
    if (resolution === undefined) return;
    this.#requests.take(request);
    resolution.cancelled += 1;
    const left = resolution.requests.length - resolution.cancelled;
    if (left === 0 && resolution.attempts === 0) this.#finish(resolution, now);
    // Who cancels all the time must not leave a long list of cancelled requests behind.
    if (resolution.cancelled < 16 + left) return;
    resolution.requests = resolution.requests.filter((other) => this.#requests.get(other) === resolution);
    resolution.cancelled = 0;
  }

  /** There is a new home registrar: everything whose turn it is is sent to it. */
  homeChanged(now: number): void {
    for (const resolution of this.#pending.firsts()) {
      // The new registrar gets its time to answer.
      this.#startTimer(resolution, now);
      this.#send(resolution, now);
    }
  }

  /** An association broke before the answers came (section 3.7.1). */
  sendFailed(association: AssociationId, now: number): void {
    for (const resolution of this.#pending.firsts()) {
      if (resolution.sentOn !== association) continue;
      resolution.sentOn = undefined;
      this.#unanswered(resolution, 'sendFailure', now);
    }
    if (this.isBusy) this.#context.home.seek('sendFailure', now);
  }

  /** When {@link timeout} wants to be called. */
  nextTimeout(): number | undefined {
    return this.#timers.next();
  }

  /** One T1-ENRPrequest expired (section 3.7.2). */
  timeout(now: number): void {
    const resolution = this.#timers.takeExpired(now);
    if (resolution === undefined || !this.#unanswered(resolution, 'timeout', now)) return;
    this.#startTimer(resolution, now);
    if (resolution.isFirst) this.#send(resolution, now);
    this.#context.home.seek('requestTimeout', now);
  }

  /** Ends all timers. */
  shutdown(): void {
    this.#timers.clear();
  }

  /** An ASAP_HANDLE_RESOLUTION_RESPONSE came: an answer, or an update that nobody asked for. */
  answered(association: AssociationId, response: Response, now: number): void {
    const pool = poolKey(response.poolHandle);
    const resolution = this.#pending.first(pool);
    if (resolution === undefined || !this.#isAnswer(resolution, association, response)) {
      this.#context.watches.updated(pool, association, response, now);
      return;
    }
    // The home registrar is well: no other one is needed.
    this.#context.home.stopSeeking();
    const causes = response.error?.causes ?? [];
    if (response.error === undefined && response.poolElements.length > 0) {
      this.#resolved(resolution, association, response, now);
    } else if (causes.some((cause) => cause.code === ErrorCauseCode.unknownPoolHandle)) {
      this.#context.cache.purge(resolution.queue.pool);
      this.#fail(resolution, 'unknownPoolHandle', causes, now);
    } else {
      this.#fail(resolution, 'rejected', causes, now);
    }
  }

  /** A hunt gave up: without any registrar nothing can be answered. */
  noRegistrar(now: number): void {
    if (this.#context.home.current !== undefined) return;
    // From the last to the first, so that none gets its turn only to fail as well.
    for (const resolution of this.#pending.all().reverse()) this.#fail(resolution, 'noRegistrar', [], now);
  }

  // An update of a pool has the A flag, and the answer to a request without the S flag has not (section 2.2.6). Where
  // updates were asked for, an update that comes first is as good an answer.
  #isAnswer(resolution: PendingResolution, association: AssociationId, response: Response): boolean {
    if (resolution.sentOn !== association) return false;
    if (!response.subscribed || resolution.subscribe) return true;
    return !this.#context.watches.isSubscribed(resolution.queue.pool, association);
  }

  #start(
    pool: string,
    poolHandle: Uint8Array,
    variant: ResolutionVariant,
    requests: number[],
    now: number,
  ): PendingResolution {
    const resolution = this.#pending.add(pool, poolHandle, variant, requests);
    this.#startTimer(resolution, now);
    if (resolution.isFirst) this.#send(resolution, now);
    return resolution;
  }

  #startTimer(resolution: PendingResolution, now: number): void {
    this.#timers.set(resolution, now + this.#context.runtime.timing.requestTimeoutMs);
  }

  #send(resolution: PendingResolution, now: number): void {
    const { home, runtime } = this.#context;
    const association = home.current?.association;
    if (association === undefined) {
      home.seek('noHomeRegistrar', now);
      return;
    }
    const { poolHandle, items, subscribe } = resolution;
    const wanted = items ?? runtime.timing.resolutionItems;
    const type = 'ASAP_HANDLE_RESOLUTION' as const;
    runtime.send(
      association,
      wanted === 0 ? { type, subscribe, poolHandle } : { type, subscribe, poolHandle, items: wanted },
    );
    resolution.sentOn = association;
    resolution.attempts += 1;
    this.#context.emit({
      type: 'resolutionSent',
      poolHandle,
      items,
      attempt: resolution.attempts,
      association,
    });
  }

  // Returns whether it goes on.
  #unanswered(resolution: PendingResolution, reason: 'timeout' | 'sendFailure', now: number): boolean {
    resolution.failures += 1;
    const { poolHandle, items, failures } = resolution;
    this.#context.emit({ type: 'resolutionUnanswered', poolHandle, items, reason, failures });
    if (failures <= this.#context.runtime.timing.maximumRequestRetransmissions) return true;
    const wasNobodyThere = resolution.attempts === 0 && this.#context.home.current === undefined;
    this.#fail(resolution, wasNobodyThere ? 'noRegistrar' : 'timeout', [], now);
    return false;
  }

  #resolved(
    resolution: PendingResolution,
    association: AssociationId,
    response: Response,
    now: number,
  ): void {
    const { poolHandle, items, subscribe } = resolution;
    const { poolElements } = response;
    // "If not present, a Round-Robin overall pool member selection policy is assumed." (section 2.2.6)
    const policy = response.policy ?? { type: 'roundRobin' };
    this.#context.cache.store(resolution.queue.pool, items, { policy, poolElements, storedAt: now });
    this.#context.emit({ type: 'cacheUpdated', poolHandle, elements: poolElements.length });
    const resolved: ResolvedPool = { poolHandle, policy, poolElements, fromCache: false };
    for (const request of this.#finish(resolution, now)) {
      this.#context.runtime.outputs.push({ type: 'resolved', request, pool: resolved });
    }
    if (!subscribe) return;
    this.#context.watches.answered(resolution.queue.pool, resolved, association, response.subscribed, now);
  }

  #fail(
    resolution: PendingResolution,
    reason: ResolutionFailure,
    causes: readonly ErrorCause[],
    now: number,
  ): void {
    for (const request of this.#finish(resolution, now)) {
      this.#context.runtime.outputs.push({ type: 'resolutionFailed', request, reason, causes });
    }
    if (resolution.subscribe) this.#context.watches.failed(resolution.queue.pool, reason, causes, now);
  }

  // Ends a resolution, lets the next one for its pool have its turn, and returns who waited.
  #finish(resolution: PendingResolution, now: number): readonly number[] {
    this.#timers.stop(resolution);
    if (resolution.cancelled > 0) {
      // The number of a cancelled request may be in use again, here or for another pool.
      const waiting = new Set(
        resolution.requests.filter((other) => this.#requests.get(other) === resolution),
      );
      resolution.requests = [...waiting];
    }
    for (const request of resolution.requests) this.#requests.take(request);
    const next = this.#pending.remove(resolution);
    if (next !== undefined) this.#send(next, now);
    return resolution.requests;
  }
}
