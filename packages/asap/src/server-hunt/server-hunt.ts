import type { AssociationId, RemoteEndpoint } from '@rserpool/wire';
import type { TimerTable } from '@rserpool/wire/internal';
import type { AsapTiming } from '../timing/asap-timing.ts';
import type { KnownRegistrar, RegistrarList } from './registrar-list.ts';
import { isSameEndpoint } from './same-endpoint.ts';
import type { ServerHuntEvent, ServerHuntReason } from './server-hunt-event.ts';

/** SH1: "An ASAP Endpoint MUST NOT establish more than three associations or connections." */
export const maximumParallelAssociations: number = 3;

/** The name of the hunt's timer. */
export const serverHuntTimer: string = 'T5-Serverhunt';

/** T5 varies by this fraction, so that the clients of a dead registrar fall out of step. */
const jitter = 0.1;

/** What the hunt needs of its machine. */
export interface ServerHuntRuntime {
  /** Timers and thresholds. */
  readonly timing: AsapTiming;
  /** Where T5 runs. */
  readonly timers: TimerTable;
  /** Opens an association. */
  open(remote: RemoteEndpoint): AssociationId;
  /** Closes one. */
  close(association: AssociationId, abort: boolean): void;
  /** A time around a mean. */
  vary(meanMs: number, fraction: number): number;
  /** A random index. */
  pick(length: number): number;
}

/** Whom the hunt tells. */
export interface ServerHuntHandlers {
  /** Something happened. */
  event(event: ServerHuntEvent): void;
  /** SH6: this registrar was found. */
  found(association: AssociationId, registrar: KnownRegistrar, remote: RemoteEndpoint, now: number): void;
  /** The hunt gave up. */
  gaveUp(now: number): void;
  /** Whether a registrar is not to be tried now, because there is an association to it. */
  isExcluded(remote: RemoteEndpoint): boolean;
}

/**
 * The ENRP server hunt (RFC 5352 section 3.6): tries up to three registrars at once, at random, and takes the
 * first that answers. T5 bounds a round and doubles from one to the next; each registrar is tried once a round,
 * and after `maximumServerHuntRounds` the hunt gives up.
 */
export class ServerHunt {
  readonly #runtime: ServerHuntRuntime;
  readonly #list: RegistrarList;
  readonly #handlers: ServerHuntHandlers;
  readonly #opening: Map<AssociationId, KnownRegistrar> = new Map();
  #round = 0;
  #timeoutMs = 0;
  #tried: Set<number> = new Set();
  #triedBefore: Set<number> = new Set();
  readonly #triedAgain: Set<number> = new Set();

  constructor(runtime: ServerHuntRuntime, list: RegistrarList, handlers: ServerHuntHandlers) {
    this.#runtime = runtime;
    this.#list = list;
    this.#handlers = handlers;
  }

  /** Whether a hunt is on. */
  get isActive(): boolean {
    return this.#round > 0;
  }

  /**
   * Starts a hunt; one that is on goes on.
   *
   * @param reason - Why.
   * @param avoid - The registrar that failed: tried last in the first round.
   * @param now - The time.
   */
  start(reason: ServerHuntReason, avoid: RemoteEndpoint | undefined, now: number): void {
    if (this.isActive) return;
    this.#handlers.event({ type: 'serverHuntStarted', reason, knownRegistrars: this.#list.size });
    const avoided = avoid === undefined ? undefined : this.#list.find(avoid);
    this.#tried = new Set(avoided === undefined ? [] : [avoided.key]);
    this.#timeoutMs = this.#runtime.timing.serverHuntTimeoutMs;
    this.#startRound(now);
  }

  /** Ends a hunt that is not needed any more; its associations are closed. */
  stop(): void {
    if (!this.isActive) return;
    this.#handlers.event({ type: 'serverHuntStopped', round: this.#round });
    this.#end();
  }

  /** SH3/SH6: an association that the machine opened is up. Returns whether it was the hunt's. */
  associationUp(association: AssociationId, remote: RemoteEndpoint, now: number): boolean {
    const registrar = this.#opening.get(association);
    if (registrar === undefined) return false;
    this.#opening.delete(association);
    this.#handlers.event({ type: 'serverHuntSucceeded', round: this.#round, association, remote });
    this.#end();
    this.#handlers.found(association, registrar, remote, now);
    return true;
  }

  /** SH4: an association could not be opened; another registrar is tried. Returns whether it was the hunt's. */
  associationLost(association: AssociationId, reason: string): boolean {
    const registrar = this.#opening.get(association);
    if (registrar === undefined) return false;
    this.#opening.delete(association);
    const { remote } = registrar;
    this.#handlers.event({
      type: 'serverHuntAttemptFailed',
      round: this.#round,
      association,
      remote,
      reason,
    });
    this.#openMore();
    return true;
  }

  /**
   * A registrar was announced, and thus lives: it is tried at once, in the place of the attempt that has waited
   * longest where there is no room. Once a round, since announcements are not authenticated.
   */
  announced(registrar: KnownRegistrar): void {
    if (!this.isActive || this.#triedAgain.has(registrar.key)) return;
    if (this.#handlers.isExcluded(registrar.remote) || this.#isBeingOpened(registrar)) return;
    this.#triedAgain.add(registrar.key);
    if (this.#opening.size >= maximumParallelAssociations) this.#closeOldest();
    this.#open(registrar);
  }

  /** SH5: T5-Serverhunt expired. */
  timeout(now: number): void {
    if (!this.isActive) return;
    const { maximumServerHuntRounds, maximumServerHuntTimeoutMs } = this.#runtime.timing;
    if (this.#round >= maximumServerHuntRounds) {
      this.#handlers.event({ type: 'serverHuntFailed', rounds: this.#round });
      this.#end();
      this.#handlers.gaveUp(now);
      return;
    }
    this.#timeoutMs = Math.min(2 * this.#timeoutMs, maximumServerHuntTimeoutMs);
    this.#handlers.event({ type: 'serverHuntTimeout', round: this.#round, nextTimeoutMs: this.#timeoutMs });
    this.#closeAll();
    this.#startRound(now);
  }

  #startRound(now: number): void {
    this.#round += 1;
    this.#triedBefore = this.#tried;
    this.#tried = new Set();
    this.#triedAgain.clear();
    this.#runtime.timers.set(serverHuntTimer, now + this.#runtime.vary(this.#timeoutMs, jitter));
    this.#openMore();
  }

  #openMore(): void {
    while (this.#opening.size < maximumParallelAssociations) {
      const registrar = this.#choose();
      if (registrar === undefined) return;
      this.#open(registrar);
    }
  }

  #open(registrar: KnownRegistrar): void {
    this.#tried.add(registrar.key);
    const { remote } = registrar;
    const association = this.#runtime.open(remote);
    this.#opening.set(association, registrar);
    this.#handlers.event({ type: 'serverHuntAttempt', round: this.#round, association, remote });
  }

  // SH5.3: a different set of registrars comes first; those of the last round fill the rest.
  #choose(): KnownRegistrar | undefined {
    const fresh: KnownRegistrar[] = [];
    const again: KnownRegistrar[] = [];
    for (const registrar of this.#list.all()) {
      if (this.#tried.has(registrar.key) || this.#handlers.isExcluded(registrar.remote)) continue;
      if (this.#isBeingOpened(registrar)) continue;
      (this.#triedBefore.has(registrar.key) ? again : fresh).push(registrar);
    }
    const candidates = fresh.length > 0 ? fresh : again;
    return candidates[this.#runtime.pick(candidates.length)];
  }

  // An entry may have outdated and been learnt again, under a new key, while its association is being opened.
  #isBeingOpened(registrar: KnownRegistrar): boolean {
    for (const opening of this.#opening.values()) {
      if (isSameEndpoint(opening.remote, registrar.remote)) return true;
    }
    return false;
  }

  #closeOldest(): void {
    for (const association of this.#opening.keys()) {
      this.#opening.delete(association);
      this.#runtime.close(association, true);
      return;
    }
  }

  #closeAll(): void {
    for (const association of this.#opening.keys()) this.#runtime.close(association, true);
    this.#opening.clear();
  }

  #end(): void {
    this.#closeAll();
    this.#round = 0;
    this.#tried.clear();
    this.#triedBefore.clear();
    this.#triedAgain.clear();
    this.#runtime.timers.stop(serverHuntTimer);
  }
}
