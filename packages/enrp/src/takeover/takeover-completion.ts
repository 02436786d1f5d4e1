import type { Resynchronization } from '../audit/resynchronization.ts';
import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';
import type { Hearsay } from '../handlespace/hearsay.ts';
import type { Ownership } from '../handlespace/ownership.ts';
import type { PeerList } from '../peering/peer-list.ts';
import type { Presence } from '../peering/presence.ts';
import type { TakeoverRecords } from './takeover-records.ts';

/** What follows a won arbitration (RFC 5353 section 3.5.2), here and at the other registrars. */
export class TakeoverCompletion {
  readonly #core: EnrpCore;
  readonly #records: TakeoverRecords;
  readonly #peerList: PeerList;
  readonly #ownership: Ownership;
  readonly #hearsay: Hearsay;
  readonly #resynchronization: Resynchronization;
  readonly #presence: Presence;

  constructor(
    core: EnrpCore,
    records: TakeoverRecords,
    peerList: PeerList,
    ownership: Ownership,
    hearsay: Hearsay,
    resynchronization: Resynchronization,
    presence: Presence,
  ) {
    this.#core = core;
    this.#records = records;
    this.#peerList = peerList;
    this.#ownership = ownership;
    this.#hearsay = hearsay;
    this.#resynchronization = resynchronization;
    this.#presence = presence;
  }

  /** This registrar has won, with or without the agreement of others: announce it first, then own the elements. */
  enforce(target: number, isAgreed: boolean): void {
    const core = this.#core;
    for (const peer of core.peers.values()) {
      const [association] = peer.associations;
      if (peer.identifier === target || association === undefined) continue;
      core.send(association, 0, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: target });
    }
    const peer = core.peers.get(target);
    if (peer !== undefined) this.#peerList.remove(peer);
    const elements = this.#ownership.takenOver(target);
    this.#records.rememberWon(target, isAgreed, core.now);
    core.counters.takeoversWon += 1;
    core.outputs.push({ type: 'takenOver', target, elements });
    core.event({ type: 'takeoverServerSent', target, elements: elements.length });
    // Who knows elements of the target that this registrar does not know sees it by the checksum, and looks after them.
    this.#presence.announce();
  }

  /**
   * There is an association to a peer that may not have heard of the last takeovers: it downloaded the handlespace from a
   * mentor that did not know of them either, and would wait MAX-TIME-LAST-HEARD for a home that is dead. Whom this
   * registrar has taken over itself was separated from it, and knows better who lives on its side.
   */
  tell(peer: Peer): void {
    const { now, timing } = this.#core;
    if (this.#records.hasWon(peer.identifier)) return;
    for (const target of this.#records.agreedSince(now - timing.maxTimeLastHeardMs)) {
      this.#core.sendTo(peer, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: target });
    }
  }

  /** A peer has taken another one over. */
  announced(winner: Peer, target: number): void {
    const core = this.#core;
    const peer = core.peers.get(target);
    if (peer !== undefined) this.#peerList.remove(peer);
    this.#hearsay.succeeded(target, winner.identifier);
    const elements = this.#ownership.inherited(winner, target);
    core.event({ type: 'takenOverBy', target, by: winner.identifier, elements });
  }

  /**
   * A peer has taken this very registrar over. RFC 5353 does not say what the target does when it lives: it gives
   * up what the winner claims, because all others count that to the winner already, and the pool elements have
   * been told by ASAP_ENDPOINT_KEEP_ALIVE. What has registered here since stays here, hence the winner's table is
   * needed to tell the one from the other. The winner may claim what has moved back here behind a partition: what is
   * associated with this registrar is defended instead of given up.
   *
   * Where both have taken each other over (a healed partition), the audit alone decides.
   */
  suffered(winner: Peer): void {
    const core = this.#core;
    if (this.#records.hasWon(winner.identifier)) return;
    this.#ownership.yieldTo(winner);
    core.event({ type: 'takenOverBy', target: core.identifier, by: winner.identifier, elements: 0 });
    if (core.isReady) this.#resynchronization.request(winner);
  }

  /**
   * A registrar that this one has taken over is back: it has to know before it is audited, so that it does not
   * claim its elements any more.
   */
  targetReturned(target: Peer): void {
    if (!this.#records.hasWon(target.identifier)) return;
    this.#records.returned(target.identifier, this.#core.now);
    this.#ownership.targetReturned(target, (returned) => {
      this.#core.sendTo(target, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: target.identifier });
      // The others count these elements to this registrar; the next heartbeat would do, but late.
      if (returned > 0) this.#presence.announce();
    });
  }
}
