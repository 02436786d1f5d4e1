import { type PoolElement, UpdateAction } from '@rserpool/wire';
import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';

/**
 * Takeover suggestion (draft-dreibholz-rserpool-enrp-takeover): the home registrar of an element asks a peer that suits
 * it better to take the element over, by one more ENRP_HANDLE_UPDATE with the T flag. So the elements spread evenly
 * over the registrars that there are, wherever they registered; without it, all that have found the same registrar
 * stay with it.
 *
 * What suits better is the larger metric, the exclusive or of both identifiers: everybody computes the same, so that a
 * suggestion is never answered by another one. An element that its new home cannot reach stays where it is, and is
 * suggested again at its next registration.
 */
export class TakeoverSuggestion {
  readonly #core: EnrpCore;

  constructor(core: EnrpCore) {
    this.#core = core;
  }

  /** An element has registered here: suggest it to a peer that suits it better. */
  consider(poolHandle: Uint8Array, poolElement: PoolElement): void {
    const core = this.#core;
    if (core.options.takeoverSuggestion !== true || !core.isReady) return;
    const better = this.#betterHome(poolElement.identifier);
    if (better === undefined) return;
    core.counters.takeoverSuggestionsSent += 1;
    core.event({
      type: 'takeoverSuggested',
      peer: better.identifier,
      poolHandle: poolHandle.slice(),
      poolElementIdentifier: poolElement.identifier,
    });
    core.sendTo(better, {
      type: 'ENRP_HANDLE_UPDATE',
      takeoverSuggested: true,
      action: UpdateAction.addPoolElement,
      poolHandle,
      poolElement: { ...poolElement, homeRegistrar: core.identifier },
    });
  }

  /** A peer suggests to take an element over that it has just announced. */
  received(peer: Peer, poolHandle: Uint8Array, poolElementIdentifier: number): void {
    const core = this.#core;
    const { handlespace, identifier } = core;
    const element = handlespace.find(poolHandle, poolElementIdentifier);
    const isBetter =
      metric(identifier, poolElementIdentifier) > metric(peer.identifier, poolElementIdentifier);
    if (
      core.options.takeoverSuggestion !== true ||
      !core.isReady ||
      !isBetter ||
      element === undefined ||
      handlespace.homeRegistrar(element) !== peer.identifier
    ) {
      core.counters.takeoverSuggestionsIgnored += 1;
      return;
    }
    core.counters.takeoverSuggestionsFollowed += 1;
    handlespace.setHomeRegistrar(element, identifier);
    core.event({
      type: 'takeoverSuggestionFollowed',
      peer: peer.identifier,
      poolHandle: poolHandle.slice(),
      poolElementIdentifier,
    });
    core.outputs.push({ type: 'takenOver', target: peer.identifier, elements: [element] });
  }

  #betterHome(poolElementIdentifier: number): Peer | undefined {
    let best: Peer | undefined;
    let largest = metric(this.#core.identifier, poolElementIdentifier);
    for (const peer of this.#core.peers.values()) {
      const value = metric(peer.identifier, poolElementIdentifier);
      if (!peer.heard || peer.status !== 'active' || peer.associations.length === 0 || value <= largest)
        continue;
      best = peer;
      largest = value;
    }
    return best;
  }
}

function metric(registrar: number, poolElement: number): number {
  return (registrar ^ poolElement) >>> 0;
}
