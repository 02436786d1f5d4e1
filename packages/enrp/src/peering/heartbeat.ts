import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';
import type { Connections } from './connections.ts';
import type { Presence } from './presence.ts';

/**
 * The heartbeat of RFC 5353 section 3.4.2. With each, one peer drawn by lot is asked for its peer list: without
 * a group, two registrars that joined through the same mentor at the same time would never hear of each other.
 */
export class Heartbeat {
  readonly #core: EnrpCore;
  readonly #connections: Connections;
  readonly #presence: Presence;
  /** Who was asked for its peer list and has not answered. */
  #asked: Peer | undefined;

  constructor(core: EnrpCore, connections: Connections, presence: Presence) {
    this.#core = core;
    this.#connections = connections;
    this.#presence = presence;
  }

  /** Starts the cycle. */
  start(): void {
    const { timers, timing, now } = this.#core;
    const pause = this.#core.jittered(timing.peerHeartbeatCycleMs, timing.heartbeatJitter);
    timers.set('PEER-HEARTBEAT-CYCLE', now + Math.round(pause));
  }

  /**
   * The cycle is over. Associations at whose other end nobody is known get a presence as well: where a registrar
   * was taken over by mistake, both sides may have struck each other off and would wait for each other for ever.
   */
  beat(): void {
    this.start();
    this.#presence.announce();
    for (const association of this.#connections.unidentified()) this.#presence.sendOn(association, false);
    if (!this.#core.isReady) return;
    this.#refreshPeerList();
    this.watchUnknownHomes();
  }

  /** A peer list arrived. Returns whether it was asked for: hearsay that nobody asked for makes nobody dial. */
  listReceived(peer: Peer): boolean {
    if (this.#asked !== peer) return false;
    this.#asked = undefined;
    return true;
  }

  /**
   * Elements may belong to a registrar that failed before this one could meet it: nobody else may take it over. It has
   * MAX-TIME-LAST-HEARD to appear; it cannot be probed without an endpoint, so that no answer is awaited then.
   */
  watchUnknownHomes(): void {
    const { handlespace, identifier, peers, timers, timing, now } = this.#core;
    for (const home of handlespace.homeRegistrars()) {
      if (home === 0 || home === identifier || peers.has(home)) continue;
      if (timers.get(`unknown-home:${home}`) !== undefined) continue;
      timers.set(`unknown-home:${home}`, now + timing.maxTimeLastHeardMs);
    }
  }

  #refreshPeerList(): void {
    const candidates: Peer[] = [];
    for (const peer of this.#core.peers.values()) {
      if (peer.heard && peer.status === 'active' && peer.associations.length > 0) candidates.push(peer);
    }
    const peer = candidates[this.#core.random() % Math.max(candidates.length, 1)];
    this.#asked = peer;
    if (peer !== undefined) this.#core.sendTo(peer, { type: 'ENRP_LIST_REQUEST' });
  }
}
