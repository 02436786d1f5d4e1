import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';
import { isSameEndpoint } from '../core/remote-endpoint.ts';
import type { LossReason, SuspicionReason } from '../events/peering-event.ts';
import type { Connections } from './connections.ts';
import type { KnownEndpoint } from './known-endpoint.ts';
import type { Presence } from './presence.ts';

/** Detects that a peer failed (RFC 5353 section 3.4.3). */
export class FailureDetection {
  readonly #core: EnrpCore;
  readonly #connections: Connections;
  readonly #presence: Presence;

  constructor(core: EnrpCore, connections: Connections, presence: Presence) {
    this.#core = core;
    this.#connections = connections;
    this.#presence = presence;
  }

  /** Begins to monitor a peer, or does it again. */
  monitor(peer: Peer): void {
    const { timers, timing } = this.#core;
    timers.set(`MAX-TIME-LAST-HEARD:${peer.identifier}`, peer.lastHeard + timing.maxTimeLastHeardMs);
  }

  /** Ends to monitor a peer: it is taken over, or not in the list any more. */
  ignore(peer: Peer): void {
    this.#core.timers.stop(`MAX-TIME-LAST-HEARD:${peer.identifier}`);
    this.#core.timers.stop(`probe:${peer.identifier}`);
  }

  /** A message of any type came from a peer. */
  heard(peer: Peer): void {
    peer.lastHeard = this.#core.now;
    peer.heard = true;
    if (peer.status === 'suspected') this.revive(peer);
  }

  /** A peer lives: it is active and monitored again. */
  revive(peer: Peer): void {
    this.ignore(peer);
    peer.status = 'active';
    this.#core.event({ type: 'peerActive', peer: peer.identifier });
    this.monitor(peer);
  }

  /**
   * The timer of `peer_last_heard` has run off. It is not set anew with each message, so it may be early; the
   * comparison is strict, because the RFC says "more than MAX-TIME-LAST-HEARD seconds".
   */
  lastHeardTimer(identifier: number): void {
    const { peers, timing, now } = this.#core;
    const peer = peers.get(identifier);
    if (peer === undefined || peer.status !== 'active') return;
    if (now >= peer.lastHeard + timing.maxTimeLastHeardMs) this.suspect(peer, 'silent');
    else this.monitor(peer);
  }

  /**
   * Probes a peer with a reply-required presence. Without an association one is opened first: where that fails,
   * the send has failed in the sense of RFC 5353 section 3.4.3.
   */
  suspect(peer: Peer, reason: SuspicionReason): void {
    const { timers, timing, now } = this.#core;
    if (peer.status === 'suspected' || peer.status === 'dead') return;
    peer.status = 'suspected';
    timers.stop(`MAX-TIME-LAST-HEARD:${peer.identifier}`);
    this.#core.event({ type: 'peerSuspected', peer: peer.identifier, reason });
    timers.set(`probe:${peer.identifier}`, now + timing.maxTimeNoResponseMs);
    if (!this.#presence.sendTo(peer, true)) this.#dialOrGiveUp(peer);
  }

  /** The probe was not answered within MAX-TIME-NO-RESPONSE. */
  probeTimer(identifier: number): void {
    const peer = this.#core.peers.get(identifier);
    if (peer?.status === 'suspected') this.#dead(peer, 'noResponse');
  }

  /**
   * An association to an endpoint is up, and a probe goes out on it: whoever is suspected there has
   * MAX-TIME-NO-RESPONSE from now to answer.
   */
  endpointReached(endpoint: KnownEndpoint): void {
    const { timers, timing, now } = this.#core;
    for (const peer of this.#suspectedAt(endpoint)) {
      timers.set(`probe:${peer.identifier}`, now + timing.maxTimeNoResponseMs);
    }
  }

  /** The transport refuses an association to an endpoint: the send has failed. */
  endpointFailed(endpoint: KnownEndpoint): void {
    for (const peer of this.#suspectedAt(endpoint)) this.#dead(peer, 'unreachable');
  }

  /** An association to a peer was lost: probe it at once, the loss may be the first sign of its failure. */
  associationLost(peer: Peer): void {
    if (!this.#core.peers.has(peer.identifier) || peer.associations.length > 0) return;
    if (peer.status === 'active') this.suspect(peer, 'associationLost');
    else if (peer.status === 'suspected') this.#dialOrGiveUp(peer);
  }

  /** It turned out who is at an endpoint: whoever else was suspected there is gone. */
  identified(endpoint: KnownEndpoint, identifier: number): void {
    for (const peer of this.#suspectedAt(endpoint)) {
      if (peer.identifier !== identifier) this.#dead(peer, 'replaced');
    }
  }

  /** Another registrar answers where this one was. */
  replaced(peer: Peer): void {
    if (!this.#core.peers.has(peer.identifier) || peer.associations.length > 0) return;
    if (peer.status === 'active' || peer.status === 'suspected') this.#dead(peer, 'replaced');
  }

  #dialOrGiveUp(peer: Peer): void {
    const endpoint = peer.endpoint === undefined ? undefined : this.#connections.learn(peer.endpoint);
    if (endpoint === undefined) this.#dead(peer, 'unreachable');
    else this.#connections.dial(endpoint);
  }

  #suspectedAt(endpoint: KnownEndpoint): Peer[] {
    return [...this.#core.peers.values()].filter(
      (peer) =>
        peer.status === 'suspected' &&
        peer.associations.length === 0 &&
        peer.endpoint !== undefined &&
        isSameEndpoint(peer.endpoint, endpoint.remote),
    );
  }

  #dead(peer: Peer, reason: LossReason): void {
    this.ignore(peer);
    peer.status = 'dead';
    this.#core.counters.peersLost += 1;
    this.#core.event({ type: 'peerLost', peer: peer.identifier, reason });
    this.#core.signals.push({ type: 'peerDead', peer, reason });
  }
}
