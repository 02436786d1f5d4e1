import type { AsapMessage, AssociationId, RemoteEndpoint } from '@rserpool/wire';
import type { FormerHome } from '../client/home-link.ts';
import type { HomeRegistrar } from '../server-hunt/home-registrar.ts';
import { isSameEndpoint } from '../server-hunt/same-endpoint.ts';
import { HomeProbe } from './home-probe.ts';
import type { PoolElementContext } from './pool-element-context.ts';
import { poolElementTimers } from './pool-element-context.ts';
import type { HomeChangeReason } from './pool-element-event.ts';

/** How many accepted associations are remembered with their remote endpoints; the oldest goes first. */
const maximumRememberedRemotes = 256;

/** The grace varies by this fraction, so that the elements of a dead registrar fall out of step. */
const graceJitter = 0.25;

/** What a keep-alive means for who the home registrar is (RFC 5352 section 3.4, KA2.4). */
export interface KeepAliveOutcome {
  /** How the home registrar changed, if it did. */
  readonly change: 'keepAlive' | 'reconnected' | undefined;
  /** Who holds itself for the home registrar as well, where somebody does. */
  readonly rival: HomeRegistrar | undefined;
}

const unchanged: KeepAliveOutcome = { change: undefined, rival: undefined };

/**
 * Who the home registrar of a pool element is, beside what a hunt finds: adoption by the H flag (RFC 5352 section
 * 3.4, KA2.4), the grace after the loss of the association, and the return of the former one.
 */
export class HomeWatch {
  readonly #context: PoolElementContext;
  readonly #remotes: Map<AssociationId, RemoteEndpoint> = new Map();
  #lost: HomeRegistrar | undefined;
  #lingering: HomeRegistrar | undefined;
  readonly #probe: HomeProbe;
  #contestedAt = Number.NEGATIVE_INFINITY;
  #contestPauseMs = 0;

  constructor(context: PoolElementContext) {
    this.#context = context;
    this.#probe = new HomeProbe(context);
  }

  /** An association was accepted: a registrar may speak on it. */
  accepted(association: AssociationId, remote: RemoteEndpoint): void {
    this.#remotes.set(association, remote);
    if (this.#remotes.size <= maximumRememberedRemotes) return;
    for (const oldest of this.#remotes.keys()) {
      this.#remotes.delete(oldest);
      return;
    }
  }

  /** An association is gone, whichever it was. */
  forget(association: AssociationId): void {
    this.#remotes.delete(association);
    if (this.#lingeringAt(association) !== undefined) {
      this.#lingering = undefined;
      this.#context.runtime.timers.stop(poolElementTimers.formerHomeLinger);
    }
  }

  /** The association to the home registrar broke while nothing was outstanding: wait to be adopted. */
  startGrace(lost: HomeRegistrar, reason: string, now: number): number {
    this.#lost = lost;
    const { runtime } = this.#context;
    const { homeRegistrarLossGraceMs, minimumReregistrationIntervalMs } = runtime.timing;
    // A registrar that aborts is alive and has given this element up: nobody is going to adopt it.
    const graceMs = reason === 'aborted' ? minimumReregistrationIntervalMs : homeRegistrarLossGraceMs;
    const endsAt = now + runtime.vary(Math.min(graceMs, homeRegistrarLossGraceMs), graceJitter);
    runtime.timers.set(poolElementTimers.homeLossGrace, endsAt);
    if (reason !== 'aborted' && lost.remote !== undefined) this.#probe.start(lost.remote, now);
    return endsAt;
  }

  /** The grace is over, or not needed any more. */
  endGrace(): void {
    this.#lost = undefined;
    this.#probe.stop();
    this.#context.runtime.timers.stop(poolElementTimers.homeLossGrace);
  }

  /** It is time to try the former home registrar again, or an attempt has taken too long. */
  probeTimeout(now: number): void {
    this.#probe.timeout(now);
  }

  /** An association is up that this element opened. Returns whether it leads to the former home registrar. */
  reached(association: AssociationId, remote: RemoteEndpoint, now: number): boolean {
    if (!this.#probe.associationUp(association)) return false;
    // Another process may answer there by now: its identifier comes with its first keep-alive.
    const homeRegistrar: HomeRegistrar = { association, remote, serverIdentifier: undefined };
    const former = this.#context.home.adopt(homeRegistrar, true);
    this.#changed('probe', homeRegistrar, former, now);
    return true;
  }

  /** An association could not be opened. Returns whether it was to lead to the former home registrar. */
  probeFailed(association: AssociationId, reason: string, now: number): boolean {
    return this.#probe.associationLost(association, reason, now);
  }

  /** A hunt found a home registrar. */
  found(homeRegistrar: HomeRegistrar, former: FormerHome | undefined, now: number): void {
    this.#changed('hunt', homeRegistrar, former, now);
  }

  /**
   * KA2.4: takes the sender of a keep-alive as home registrar where it asks for that or was it before. Where the home
   * registrar lives, too, there are two that hold themselves for it, and one of them has to hear that it is not.
   */
  keepAlive(
    association: AssociationId,
    message: Extract<AsapMessage, { type: 'ASAP_ENDPOINT_KEEP_ALIVE' }>,
    hasGivenUp: boolean,
    now: number,
  ): KeepAliveOutcome {
    const { home } = this.#context;
    const { serverIdentifier } = message;
    const { current } = home;
    if (current?.association === association) {
      if (current.serverIdentifier !== serverIdentifier) home.identify(serverIdentifier);
      return unchanged;
    }
    const remote = this.#remotes.get(association) ?? this.#lingeringAt(association)?.remote;
    const sender: HomeRegistrar = { association, remote, serverIdentifier };
    // Who looks after an element that found no registrar is one.
    if (current === undefined && (hasGivenUp || this.#isLost(sender)))
      return { change: this.#adopt('reconnected', sender, now), rival: undefined };
    if (current?.serverIdentifier === serverIdentifier) return unchanged;
    if (message.home) return { change: this.#adopt('keepAlive', sender, now), rival: current };
    if (current !== undefined && isSameRegistrar(current, sender)) return unchanged;
    return { change: undefined, rival: this.#mayContest(now) ? sender : undefined };
  }

  // A registrar that is not the home registrar also sends a keep-alive when the element is reported to it (section
  // 3.5). The two cannot be told apart: a registration too many does no harm, many would, so that the pause doubles.
  #mayContest(now: number): boolean {
    const { homeRegistrarLossGraceMs, minimumReregistrationIntervalMs } = this.#context.runtime.timing;
    if (this.#context.home.current === undefined || now < this.#contestedAt + this.#contestPauseMs)
      return false;
    const isOld = now >= this.#contestedAt + 2 * homeRegistrarLossGraceMs;
    this.#contestPauseMs = isOld
      ? minimumReregistrationIntervalMs
      : Math.min(2 * this.#contestPauseMs, homeRegistrarLossGraceMs);
    this.#contestedAt = now;
    return true;
  }

  /** The former home registrar has had its time: the association to it is closed. */
  endLinger(): void {
    const lingering = this.#lingering;
    this.#lingering = undefined;
    this.#context.runtime.timers.stop(poolElementTimers.formerHomeLinger);
    if (lingering !== undefined) this.#context.runtime.close(lingering.association, false);
  }

  #lingeringAt(association: AssociationId): HomeRegistrar | undefined {
    return this.#lingering?.association === association ? this.#lingering : undefined;
  }

  #isLost(sender: HomeRegistrar): boolean {
    return this.#lost !== undefined && isSameRegistrar(this.#lost, sender);
  }

  #adopt<Reason extends 'keepAlive' | 'reconnected'>(
    reason: Reason,
    sender: HomeRegistrar,
    now: number,
  ): Reason {
    const former = this.#context.home.adopt(sender, this.#lingeringAt(sender.association) !== undefined);
    this.#changed(reason, sender, former, now);
    return reason;
  }

  #changed(
    reason: HomeChangeReason,
    homeRegistrar: HomeRegistrar,
    former: FormerHome | undefined,
    now: number,
  ): void {
    this.endGrace();
    if (this.#lingeringAt(homeRegistrar.association) !== undefined) {
      this.#lingering = undefined;
      this.#context.runtime.timers.stop(poolElementTimers.formerHomeLinger);
    }
    if (former?.isOpenFromHere === true) this.#linger(former.homeRegistrar, now);
    const previous = former?.homeRegistrar;
    this.#context.emit({ type: 'homeRegistrarChanged', reason, homeRegistrar, previous });
  }

  // A former home registrar that has not heard of the change yet takes a closed association for a dead element and
  // may remove it; it is left open until the handlespaces agree.
  #linger(former: HomeRegistrar, now: number): void {
    this.endLinger();
    this.#lingering = former;
    const { timers, timing } = this.#context.runtime;
    timers.set(poolElementTimers.formerHomeLinger, now + timing.homeRegistrarLossGraceMs);
  }
}

function isSameRegistrar(known: HomeRegistrar, sender: HomeRegistrar): boolean {
  if (known.serverIdentifier !== undefined) return known.serverIdentifier === sender.serverIdentifier;
  if (known.remote === undefined || sender.remote === undefined) return false;
  return isSameEndpoint(known.remote, sender.remote);
}
