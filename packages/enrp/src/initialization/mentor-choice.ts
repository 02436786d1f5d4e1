import type { EnrpCore } from '../core/enrp-core.ts';
import type { Connections } from '../peering/connections.ts';
import type { KnownEndpoint } from '../peering/known-endpoint.ts';

/**
 * Which mentor is asked next (RFC 5353 section 3.2.2.1): the configured ones in a random order, then registrars
 * that introduced themselves meanwhile. Each is tried once in a round.
 */
export class MentorChoice {
  readonly #core: EnrpCore;
  readonly #connections: Connections;
  readonly #tried: Set<KnownEndpoint> = new Set();
  #configured: KnownEndpoint[] = [];

  constructor(core: EnrpCore, connections: Connections) {
    this.#core = core;
    this.#connections = connections;
  }

  /** Begins a round. */
  beginRound(): void {
    this.#tried.clear();
    this.#configured = this.#connections.configured();
    for (let last = this.#configured.length - 1; last > 0; last -= 1) {
      const other = this.#core.random() % (last + 1);
      const [left, right] = [this.#configured[last], this.#configured[other]];
      if (left !== undefined) this.#configured[other] = left;
      if (right !== undefined) this.#configured[last] = right;
    }
  }

  /** The next mentor of this round, or `undefined` where all were tried. */
  next(): KnownEndpoint | undefined {
    const endpoint = this.#configured.find((candidate) => !this.#tried.has(candidate)) ?? this.#nextKnown();
    if (endpoint !== undefined) this.#tried.add(endpoint);
    return endpoint;
  }

  #nextKnown(): KnownEndpoint | undefined {
    for (const peer of this.#core.peers.values()) {
      if (!peer.heard || peer.status !== 'active' || peer.endpoint === undefined) continue;
      const endpoint = this.#connections.learn(peer.endpoint);
      if (endpoint !== undefined && !this.#tried.has(endpoint)) return endpoint;
    }
    return undefined;
  }
}
