import type { AsapMessage, AssociationId, Machine, RemoteEndpoint } from '@rserpool/wire';
import { RserpoolError } from '@rserpool/wire';
import { poolKey } from '@rserpool/wire/internal';
import { ClientRuntime } from '../client/client-runtime.ts';
import { HomeLink } from '../client/home-link.ts';
import { reportErrors } from '../client/report-errors.ts';
import type { RunningTimer } from '../client/running-timer.ts';
import { UnreachableReports } from '../client/unreachable-reports.ts';
import type { HomeRegistrar } from '../server-hunt/home-registrar.ts';
import { type PoolElementOfPool, reverseMapping } from './reverse-mapping.ts';
import { PoolCache } from './pool-cache.ts';
import type { PoolUserCounters } from './pool-user-counters.ts';
import type { PoolUserEvent } from './pool-user-event.ts';
import type { PoolUserInput } from './pool-user-input.ts';
import type { PoolUserOptions } from './pool-user-options.ts';
import type { PoolUserOutput } from './pool-user-output.ts';
import { PoolWatches } from './pool-watches.ts';
import { ResolutionProcedure } from './resolution-procedure.ts';

/**
 * The pool user's side of ASAP (RFC 5352): resolves pool handles at a home registrar, keeps a cache, and reports
 * elements that cannot be reached. Which of a pool's elements is used is decided elsewhere.
 *
 * The first request starts the hunt for a home registrar (section 3.3, NR2); the association then stays open.
 * Byte fields of inputs are kept and have to stay unchanged.
 */
export class PoolUserMachine implements Machine<PoolUserInput, PoolUserOutput> {
  /** What was counted since the machine was created; live, not a copy. */
  readonly counters: PoolUserCounters = { updatesReceived: 0, responsesIgnored: 0 };
  readonly #runtime: ClientRuntime<PoolUserOutput>;
  readonly #home: HomeLink;
  readonly #cache: PoolCache;
  readonly #resolution: ResolutionProcedure;
  readonly #watches: PoolWatches;
  readonly #reports: UnreachableReports;
  readonly #answerWhileUpdating: boolean;
  readonly #maximumRequests: number;
  #isShutDown = false;

  /** @param options - How the machine is set up. */
  constructor(options: PoolUserOptions) {
    const runtime = new ClientRuntime<PoolUserOutput>(options);
    this.#runtime = runtime;
    this.#answerWhileUpdating = options.answerWhileUpdating ?? false;
    this.#maximumRequests = options.maximumRequests ?? 4_096;
    const emit = (event: PoolUserEvent): void => runtime.outputs.push({ type: 'event', event });
    const staleCacheValueMs = options.staleCacheValueMs ?? 0;
    // Nothing would ever be read from the cache of a machine that always asks and always waits for the answer.
    const isCacheUsed = staleCacheValueMs > 0 || this.#answerWhileUpdating;
    this.#cache = new PoolCache(staleCacheValueMs, isCacheUsed ? (options.maximumCachedPools ?? 1_024) : 0);
    this.#home = new HomeLink(runtime, options, {
      event: emit,
      found: (homeRegistrar, former, now) => {
        // Section 3.7.2: the alternative registrar is adopted, and the requests are sent again.
        if (former?.isOpenFromHere === true) runtime.close(former.homeRegistrar.association, false);
        emit({
          type: 'homeRegistrarChanged',
          reason: 'hunt',
          homeRegistrar,
          previous: former?.homeRegistrar,
        });
        this.#resolution.homeChanged(now);
        this.#watches.homeChanged(now);
        this.#reports.flush(homeRegistrar.association);
      },
      noRegistrar: (now) => {
        this.#resolution.noRegistrar(now);
        this.#reports.drop();
      },
    });
    const { cache, home } = { cache: this.#cache, home: this.#home };
    this.#watches = new PoolWatches({
      runtime,
      home,
      cache,
      emit,
      counters: this.counters,
      maximumWatches: options.maximumWatches ?? 1_024,
      ask: (pool, poolHandle, now) => this.#resolution.ask(undefined, pool, poolHandle, 'updates', now),
    });
    this.#resolution = new ResolutionProcedure({ runtime, home, cache, watches: this.#watches, emit });
    this.#reports = new UnreachableReports({
      send: (association, message) => runtime.send(association, message),
      reported: (poolHandle, poolElementIdentifier) =>
        emit({ type: 'unreachableReported', poolHandle, poolElementIdentifier }),
      dropped: (poolHandle, poolElementIdentifier) =>
        emit({ type: 'unreachableReportDropped', poolHandle, poolElementIdentifier }),
    });
  }

  /** The home registrar, while there is an association to it. */
  get homeRegistrar(): HomeRegistrar | undefined {
    return this.#home.current;
  }

  /** The timers that run, the earliest first; for showing the machine's state. */
  runningTimers(): RunningTimer[] {
    return [
      ...this.#resolution.runningTimers(),
      ...this.#watches.runningTimers(),
      ...this.#runtime.running(this.#home.timerNames()),
    ].sort((left, right) => left.at - right.at);
  }

  /**
   * Names the pool element that sends from an address, where the cache knows it (section 6.6). It looks through the
   * whole cache.
   *
   * @param remote - Where a message came from.
   * @returns The pool and the element, or `undefined` for an address that no element in the cache has, or several.
   */
  elementAt(remote: RemoteEndpoint): PoolElementOfPool | undefined {
    return reverseMapping(this.#cache.entries(), remote);
  }

  /**
   * Takes one input.
   *
   * @param input - What happened.
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   * @throws RserpoolError with ERR_RSERPOOL_INVALID_ARGUMENT for a `resolve` that makes no sense. Never for network
   *   input.
   */
  handle(input: PoolUserInput, now: number): void {
    if (this.#isShutDown) return;
    switch (input.type) {
      case 'message':
        reportErrors(input, (association, message) => this.#runtime.send(association, message));
        this.#message(input.association, input.message, now);
        this.#releaseHome();
        return;
      case 'malformed':
        reportErrors(input, (association, message) => this.#runtime.send(association, message));
        return;
      case 'associationUp':
        if (!input.inbound) this.#home.associationUp(input.association, input.remote, now);
        return;
      case 'associationLost':
        this.#associationLost(input.association, input.reason, now);
        return;
      case 'groupMessage':
        if (input.message.type === 'ASAP_SERVER_ANNOUNCE')
          this.#home.announced(input.message, input.source, now);
        return;
      case 'resolve':
        this.#resolve(input, now);
        return;
      case 'cancel':
        this.#resolution.cancel(input.request, now);
        return;
      case 'watch':
        this.#watches.watch(input.watch, input.poolHandle, now);
        return;
      case 'unwatch':
        this.#watches.unwatch(input.watch);
        this.#releaseHome();
        return;
      case 'reportUnreachable':
        this.#cache.purgeElement(poolKey(input.poolHandle), input.poolElementIdentifier);
        this.#reports.report(this.#home.current?.association, input.poolHandle, input.poolElementIdentifier);
        if (this.#reports.isWaiting) this.#home.seek('noHomeRegistrar', now);
        return;
      case 'purge':
        this.#purge(input.poolHandle, input.poolElementIdentifier);
        return;
      case 'populate':
        this.#populate(input.poolHandle, input.evenIfFresh, now);
        return;
      case 'shutdown':
        this.#shutdown(now);
        return;
    }
  }

  /** The next thing to do, in order, or `undefined` when there is nothing left. */
  poll(): PoolUserOutput | undefined {
    return this.#runtime.outputs.take();
  }

  /** When {@link handleTimeout} wants to be called, or `undefined` while no timer runs. */
  nextTimeout(): number | undefined {
    const request = this.#resolution.nextTimeout();
    const other = this.#runtime.timers.next();
    const earliest = request === undefined || (other !== undefined && other < request) ? other : request;
    const watch = this.#watches.nextTimeout();
    return earliest === undefined || (watch !== undefined && watch < earliest) ? watch : earliest;
  }

  /**
   * Runs the timers that are due.
   *
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   */
  handleTimeout(now: number): void {
    for (;;) {
      const next = this.nextTimeout();
      if (next === undefined || next > now) return;
      if (next === this.#resolution.nextTimeout()) {
        this.#resolution.timeout(now);
        continue;
      }
      if (next === this.#watches.nextTimeout()) {
        this.#watches.timeout(now);
        continue;
      }
      const timer = this.#runtime.timers.takeExpired(now);
      if (timer !== undefined) this.#home.timeout(timer, now);
    }
  }

  #message(association: AssociationId, message: AsapMessage, now: number): void {
    switch (message.type) {
      case 'ASAP_HANDLE_RESOLUTION_RESPONSE':
        this.#resolution.answered(association, message, now);
        return;
      case 'ASAP_ERROR':
        this.#runtime.outputs.push({
          type: 'event',
          event: { type: 'errorReceived', causes: message.error.causes },
        });
        return;
      default:
    }
  }

  #associationLost(association: AssociationId, reason: string, now: number): void {
    const homeRegistrar = this.#home.associationLost(association, reason);
    if (homeRegistrar === undefined) return;
    this.#runtime.outputs.push({
      type: 'event',
      event: { type: 'homeRegistrarLost', homeRegistrar, reason },
    });
    // Without a request there is no hurry: the next one starts the hunt.
    this.#resolution.sendFailed(association, now);
    this.#watches.homeLost(now);
  }

  // Section 2.2.5 ends updates with the association only.
  #releaseHome(): void {
    if (!this.#watches.isReleaseWanted || this.#resolution.isBusy) return;
    const homeRegistrar = this.#home.release();
    if (homeRegistrar === undefined) return;
    this.#watches.released();
    this.#runtime.outputs.push({ type: 'event', event: { type: 'homeRegistrarReleased', homeRegistrar } });
  }

  // Section 3.3, C1-C4.
  #resolve(input: Extract<PoolUserInput, { type: 'resolve' }>, now: number): void {
    const { request, poolHandle, items } = input;
    this.#checkRequest(request, poolHandle, items);
    const pool = poolKey(poolHandle);
    const cached = input.bypassCache === true ? undefined : this.#cache.find(pool, items);
    // What follows the updates of the pool does not become stale.
    const isFollowed = items === undefined && this.#watches.isFollowed(pool);
    const isFresh = cached !== undefined && (isFollowed || this.#cache.isFresh(cached, now));
    if (cached !== undefined && (isFresh || this.#answerWhileUpdating)) {
      const { policy, poolElements } = cached;
      const answer = { poolHandle, policy, poolElements, fromCache: true };
      this.#runtime.outputs.push({ type: 'resolved', request, pool: answer });
      if (!isFresh) this.#resolution.ask(undefined, pool, poolHandle, items, now);
      return;
    }
    if (this.#resolution.load >= this.#maximumRequests) {
      this.#runtime.outputs.push({ type: 'event', event: { type: 'requestRefused', request } });
      this.#runtime.outputs.push({ type: 'resolutionFailed', request, reason: 'rejected', causes: [] });
      return;
    }
    this.#resolution.ask(request, pool, poolHandle, items, now);
  }

  #checkRequest(request: number, poolHandle: Uint8Array, items: number | undefined): void {
    if (this.#resolution.has(request)) {
      throw invalidArgument(
        `request ${String(request)} waits already; give each request a number of its own`,
      );
    }
    if (poolHandle.length === 0) throw invalidArgument('the pool handle is empty; give at least one byte');
    if (items === undefined) return;
    if (!Number.isInteger(items) || items < 1 || items > 0xffffffff) {
      throw invalidArgument(`items has to be an integer in 1 .. 2^32 - 1, not ${String(items)}`);
    }
  }

  // Section 6.3: "if the ASAP service does NOT support a local cache, this primitive performs NO action".
  #populate(poolHandle: Uint8Array, evenIfFresh: boolean, now: number): void {
    if (!this.#cache.isUsed || poolHandle.length === 0) return;
    const pool = poolKey(poolHandle);
    const cached = this.#cache.find(pool, undefined);
    const isFresh =
      cached !== undefined && (this.#watches.isFollowed(pool) || this.#cache.isFresh(cached, now));
    if (!evenIfFresh && isFresh) return;
    if (this.#resolution.load < this.#maximumRequests) {
      this.#resolution.ask(undefined, pool, poolHandle, undefined, now);
    } else this.#runtime.outputs.push({ type: 'event', event: { type: 'populationRefused', poolHandle } });
  }

  #purge(poolHandle: Uint8Array, poolElementIdentifier: number | undefined): void {
    const pool = poolKey(poolHandle);
    if (poolElementIdentifier === undefined) this.#cache.purge(pool);
    else this.#cache.purgeElement(pool, poolElementIdentifier);
  }

  #shutdown(now: number): void {
    this.#home.shutdown();
    this.#watches.shutdown();
    this.#resolution.noRegistrar(now);
    this.#reports.drop();
    this.#runtime.timers.clear();
    this.#resolution.shutdown();
    this.#isShutDown = true;
  }
}

function invalidArgument(message: string): RserpoolError {
  return new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', message);
}
