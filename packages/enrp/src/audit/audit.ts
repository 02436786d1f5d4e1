import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';
import type { Ownership } from '../handlespace/ownership.ts';
import type { ViewChanges } from '../handlespace/view-changes.ts';
import type { Presence } from '../peering/presence.ts';
import type { Resynchronization } from './resynchronization.ts';

/** After so many postponements in a row a mismatch counts, whatever else changes. */
const maximumPostponements = 3;
/** So many resynchronizations about the same difference come in the rhythm of the heartbeat; then the pause doubles. */
const regularResynchronizations = 3;
/** The longest pause between resynchronizations about the same difference, in heartbeat cycles. */
const maximumPauseCycles = 16;

/** A difference with a peer. */
interface Disagreement {
  received: number;
  expected: number;
  postponements: number;
  resynchronizations: number;
  notBefore: number;
}

/**
 * The audit of RFC 5353 section 3.6.1. Only presences that came over an association are compared: those keep
 * their order with the updates of the same peer, datagrams of a group do not.
 */
export class Audit {
  readonly #core: EnrpCore;
  readonly #presence: Presence;
  readonly #ownership: Ownership;
  readonly #views: ViewChanges;
  readonly #resynchronization: Resynchronization;
  readonly #disagreements: Map<number, Disagreement> = new Map();

  constructor(
    core: EnrpCore,
    presence: Presence,
    ownership: Ownership,
    views: ViewChanges,
    resynchronization: Resynchronization,
  ) {
    this.#core = core;
    this.#presence = presence;
    this.#ownership = ownership;
    this.#views = views;
    this.#resynchronization = resynchronization;
  }

  /** A peer told its checksum. Returns whether it matches this registrar's view of the peer. */
  compare(peer: Peer, received: number): boolean {
    const core = this.#core;
    if (!core.isReady || this.#resynchronization.isPending(peer)) return false;
    const expected = core.handlespace.checksum(peer.identifier);
    if (received === expected) {
      core.counters.auditsMatched += 1;
      this.peerGone(peer.identifier);
      this.#ownership.settled(peer, (rival) => this.#disagreements.has(rival));
      return true;
    }
    core.counters.auditsMismatched += 1;
    const disagreement = this.#disagreementWith(peer, received, expected);
    const unsettledUntil = this.#views.unsettledUntil(peer.identifier);
    const postponed = unsettledUntil !== undefined && disagreement.postponements < maximumPostponements;
    core.event({ type: 'auditMismatch', peer: peer.identifier, received, expected, postponed });
    if (postponed) {
      disagreement.postponements += 1;
      core.timers.set(`audit-settling:${peer.identifier}`, unsettledUntil);
    } else {
      this.#repair(peer, disagreement);
    }
    return false;
  }

  /** Changes have settled: ask the peer for its checksum again. */
  settlingTimer(identifier: number): void {
    const peer = this.#core.peers.get(identifier);
    if (peer !== undefined) this.#presence.sendTo(peer, true);
  }

  /**
   * Who is there or who owns what has changed: what did not help before may help now. Without it a conflict that
   * waited for a third registrar would wait for the end of a long pause as well.
   */
  relent(): void {
    for (const disagreement of this.#disagreements.values()) {
      disagreement.resynchronizations = 0;
      disagreement.notBefore = 0;
    }
  }

  /**
   * A peer refused its table, or did not answer: nothing was tried yet, so its next presence may ask for it again. A
   * pause would outlive what kept the peer from answering.
   */
  untried(identifier: number): void {
    const disagreement = this.#disagreements.get(identifier);
    if (disagreement === undefined) return;
    disagreement.resynchronizations = 0;
    disagreement.notBefore = 0;
  }

  /** Forgets what happened with a peer. */
  peerGone(identifier: number): void {
    this.#disagreements.delete(identifier);
    this.#core.timers.stop(`audit-settling:${identifier}`);
  }

  #disagreementWith(peer: Peer, received: number, expected: number): Disagreement {
    const known = this.#disagreements.get(peer.identifier);
    if (known?.received === received && known.expected === expected) return known;
    const postponements = known?.postponements ?? 0;
    const disagreement = { received, expected, postponements, resynchronizations: 0, notBefore: 0 };
    this.#disagreements.set(peer.identifier, disagreement);
    return disagreement;
  }

  /**
   * A resynchronization may not help: this handlespace cannot take an element, or two others have to settle a
   * conflict first. It is not repeated with each presence then, and ever more rarely.
   */
  #repair(peer: Peer, disagreement: Disagreement): void {
    const { now, timing } = this.#core;
    if (now < disagreement.notBefore || !this.#resynchronization.request(peer)) return;
    disagreement.postponements = 0;
    disagreement.resynchronizations += 1;
    const beyond = disagreement.resynchronizations - regularResynchronizations;
    const cycles = beyond <= 0 ? 0.5 : Math.min(2 ** beyond, maximumPauseCycles);
    disagreement.notBefore = now + timing.peerHeartbeatCycleMs * cycles;
  }
}
