import { type EnrpHandleUpdate, type PoolElement, UpdateAction } from '@rserpool/wire';
import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';
import { announceUpdate } from './announce-update.ts';
import type { Ownership } from './ownership.ts';

/** The updates of RFC 5353 section 3.3, in both directions. */
export class Updates {
  readonly #core: EnrpCore;
  readonly #ownership: Ownership;

  constructor(core: EnrpCore, ownership: Ownership) {
    this.#core = core;
    this.#ownership = ownership;
  }

  /** An element of this registrar has changed: announce it to all peers. */
  announce(action: 'add' | 'delete', poolHandle: Uint8Array, poolElement: PoolElement): void {
    announceUpdate(this.#core, action, poolHandle, poolElement);
  }

  /**
   * A peer announces a change. The sender is the home (RFC 5353 section 2.4), whatever the Pool Element parameter
   * says.
   */
  received(peer: Peer, message: EnrpHandleUpdate): void {
    const { poolHandle, poolElement } = message;
    if (message.takeoverSuggested) this.#core.counters.takeoverSuggestionsIgnored += 1;
    switch (message.action) {
      case UpdateAction.addPoolElement:
        this.#ownership.registered(peer, poolHandle, poolElement);
        break;
      case UpdateAction.deletePoolElement:
        this.#ownership.deleted(peer, poolHandle, poolElement.identifier);
        break;
      default:
        this.#ownership.refused(peer, poolHandle, poolElement.identifier, 'unknownAction', []);
    }
  }
}
