import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';
import type { TakeoverCancellation } from '../events/takeover-event.ts';
import type { FailureDetection } from '../peering/failure-detection.ts';
import type { PeerList } from '../peering/peer-list.ts';
import type { Presence } from '../peering/presence.ts';
import type { TakeoverCompletion } from './takeover-completion.ts';
import type { TakeoverRecords } from './takeover-records.ts';

/** The arbitration of RFC 5353 section 3.5.1: which registrar takes a failed one over. */
export class TakeoverArbitration {
  readonly #core: EnrpCore;
  readonly #records: TakeoverRecords;
  readonly #completion: TakeoverCompletion;
  readonly #peerList: PeerList;
  readonly #failureDetection: FailureDetection;
  readonly #presence: Presence;

  constructor(
    core: EnrpCore,
    records: TakeoverRecords,
    completion: TakeoverCompletion,
    peerList: PeerList,
    failureDetection: FailureDetection,
    presence: Presence,
  ) {
    this.#core = core;
    this.#records = records;
    this.#completion = completion;
    this.#peerList = peerList;
    this.#failureDetection = failureDetection;
    this.#presence = presence;
  }

  /** This registrar is initialized: peers that died meanwhile are taken over now. */
  ready(): void {
    for (const peer of this.#core.peers.values()) if (peer.status === 'dead') this.#begin(peer);
  }

  /** A peer is considered dead: take it over, and do not wait for it in other takeovers. */
  peerDead(peer: Peer): void {
    this.peerGone(peer);
    if (this.#core.isReady && peer.status === 'dead') this.#begin(peer);
  }

  /** A peer will not acknowledge, and not complete what it has announced. */
  peerGone(peer: Peer): void {
    for (const [target, attempt] of this.#records.attempts) {
      if (attempt.awaited.delete(peer.identifier) && attempt.awaited.size === 0) this.#win(target);
    }
    for (const [target, initiators] of this.#records.acknowledged) {
      if (initiators.delete(peer.identifier) && initiators.size === 0) this.expiryTimer(target);
    }
  }

  /** A peer announces that it wants to take a target over. */
  initiated(initiator: Peer, target: number): void {
    const core = this.#core;
    if (target === initiator.identifier) return;
    if (target === core.identifier) {
      core.event({ type: 'takeoverContested', initiator: initiator.identifier });
      this.#presence.announce();
      return;
    }
    const attempt = this.#records.attempts.get(target);
    if (attempt !== undefined && !core.prevails(initiator.identifier, core.identifier)) {
      core.event({ type: 'takeoverDisputed', target, initiator: initiator.identifier });
      // It joined after our announcement and cannot yield to what it has not heard.
      if (!attempt.awaited.has(initiator.identifier)) {
        attempt.awaited.add(initiator.identifier);
        core.sendTo(initiator, { type: 'ENRP_INIT_TAKEOVER', targetIdentifier: target });
      }
      return;
    }
    this.#cancel(target, 'lostArbitration', initiator.identifier);
    // It was enforced already. Whoever has not heard of it may agree to this attempt, and would wait for its end.
    if (this.#records.hasWon(target) && !core.peers.has(target)) {
      core.announce({ type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: target });
    }
    this.#acknowledge(initiator, target);
  }

  /** A peer agrees to this registrar's takeover. */
  acknowledged(peer: Peer, target: number): void {
    const attempt = this.#records.attempts.get(target);
    if (attempt?.awaited.delete(peer.identifier) !== true) {
      this.#core.counters.unexpectedResponses += 1;
      return;
    }
    attempt.isAgreed = true;
    const missing = attempt.awaited.size;
    this.#core.event({ type: 'takeoverAcknowledgementReceived', target, peer: peer.identifier, missing });
    if (missing === 0) this.#win(target);
  }

  /** A presence of a peer came: where it is the target of a takeover, it lives. */
  presenceReceived(peer: Peer): void {
    if (peer.status !== 'dead' && peer.status !== 'notActive') return;
    this.#cancel(peer.identifier, 'targetAlive', undefined);
    this.#release(peer.identifier);
    this.#failureDetection.revive(peer);
  }

  /** A peer announces that it has taken a target over (RFC 5353 section 3.5.2). */
  takenOver(winner: Peer, target: number): void {
    if (target === winner.identifier) return;
    if (target === this.#core.identifier) {
      this.#completion.suffered(winner);
      return;
    }
    this.#cancel(target, 'takenOverByPeer', winner.identifier);
    this.#release(target);
    this.#completion.announced(winner, target);
  }

  /**
   * Acknowledgements are missing. The RFC waits for ever; here the silent peers are probed and asked again, so
   * that those that are dead drop out. Who lives and does not agree after all attempts is overruled: otherwise
   * the elements of the target would stay without a home.
   */
  acknowledgementTimer(target: number): void {
    const core = this.#core;
    const attempt = this.#records.attempts.get(target);
    if (attempt === undefined) return;
    const missing = [...attempt.awaited];
    core.event({ type: 'takeoverAcknowledgementMissing', target, missing, attempt: attempt.count });
    if (attempt.count >= core.limits.maximumTakeoverAttempts) {
      this.#win(target);
      return;
    }
    attempt.count += 1;
    core.timers.set(`takeover:${target}`, core.now + core.timing.maxTimeNoResponseMs);
    for (const identifier of missing) {
      const peer = core.peers.get(identifier);
      if (peer === undefined) continue;
      core.sendTo(peer, { type: 'ENRP_INIT_TAKEOVER', targetIdentifier: target });
      if (peer.status === 'active') this.#failureDetection.suspect(peer, 'notAcknowledged');
    }
  }

  /** The initiator that this registrar has agreed to did not complete its takeover: look after the target again. */
  expiryTimer(target: number): void {
    this.#release(target);
    const peer = this.#core.peers.get(target);
    if (peer?.status !== 'notActive') return;
    this.#core.event({ type: 'takeoverExpired', target });
    this.#failureDetection.suspect(peer, 'takeoverNotCompleted');
  }

  #begin(target: Peer): void {
    const core = this.#core;
    const { identifier } = target;
    // Nothing is orphaned: a round would cost messages, and whoever knows more than this registrar begins one. So
    // whoever only downloads the handlespace and leaves is no reason for one.
    if (core.handlespace.countOf(identifier) === 0) {
      this.#peerList.remove(target);
      return;
    }
    const awaited = new Set<number>();
    for (const peer of core.peers.values()) {
      const isLiving = peer.status === 'active' || peer.status === 'suspected';
      if (peer !== target && isLiving && (peer.heard || peer.associations.length > 0))
        awaited.add(peer.identifier);
    }
    this.#records.attempts.set(identifier, { awaited, count: 1, isAgreed: false });
    core.counters.takeoversStarted += 1;
    core.event({ type: 'takeoverStarted', target: identifier, awaited: [...awaited] });
    core.announce({ type: 'ENRP_INIT_TAKEOVER', targetIdentifier: identifier });
    if (awaited.size === 0) this.#win(identifier);
    else core.timers.set(`takeover:${identifier}`, core.now + core.timing.maxTimeNoResponseMs);
  }

  #acknowledge(initiator: Peer, target: number): void {
    const core = this.#core;
    const peer = core.peers.get(target);
    if (peer !== undefined) {
      this.#failureDetection.ignore(peer);
      peer.status = 'notActive';
      const initiators = this.#records.acknowledged.get(target) ?? new Set<number>();
      this.#records.acknowledged.set(target, initiators.add(initiator.identifier));
      core.timers.set(`takeover-expiry:${target}`, core.now + core.timing.takeoverExpiryMs);
    }
    core.event({ type: 'takeoverAcknowledged', target, initiator: initiator.identifier });
    core.sendTo(initiator, { type: 'ENRP_INIT_TAKEOVER_ACK', targetIdentifier: target });
    if (peer !== undefined) this.peerGone(peer);
  }

  #win(target: number): void {
    const isAgreed = this.#records.attempts.get(target)?.isAgreed ?? false;
    this.#records.attempts.delete(target);
    this.#core.timers.stop(`takeover:${target}`);
    this.#completion.enforce(target, isAgreed);
  }

  #cancel(target: number, reason: TakeoverCancellation, peer: number | undefined): void {
    if (!this.#records.attempts.delete(target)) return;
    this.#core.timers.stop(`takeover:${target}`);
    this.#core.event({ type: 'takeoverCancelled', target, reason, peer });
  }

  #release(target: number): void {
    this.#records.acknowledged.delete(target);
    this.#core.timers.stop(`takeover-expiry:${target}`);
  }
}
