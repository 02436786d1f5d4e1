import { type EnrpHandleUpdate, type PoolElement, UpdateAction } from '@rserpool/wire';
import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';
import { announceUpdate } from './announce-update.ts';
import type { TakeoverSuggestion } from '../takeover/takeover-suggestion.ts';
import type { Intake } from './intake.ts';
import type { Ownership } from './ownership.ts';

/** The updates of RFC 5353 section 3.3, in both directions. */
export class Updates {
  readonly #core: EnrpCore;
  readonly #intake: Intake;
  readonly #ownership: Ownership;
  readonly #suggestion: TakeoverSuggestion;

  constructor(core: EnrpCore, intake: Intake, ownership: Ownership, suggestion: TakeoverSuggestion) {
    this.#core = core;
    this.#intake = intake;
    this.#ownership = ownership;
    this.#suggestion = suggestion;
  }

  /** An element of this registrar has changed: announce it to all peers. */
  announce(action: 'add' | 'delete', poolHandle: Uint8Array, poolElement: PoolElement): void {
    announceUpdate(this.#core, action, poolHandle, poolElement);
    if (action === 'add') this.#suggestion.consider(poolHandle, poolElement);
  }

  /**
   * A peer announces a change. The sender is the home (RFC 5353 section 2.4), whatever the Pool Element parameter
   * says.
   */
  received(peer: Peer, message: EnrpHandleUpdate): void {
    const { poolHandle, poolElement } = message;
    switch (message.action) {
      case UpdateAction.addPoolElement:
        this.#ownership.registered(peer, poolHandle, poolElement);
        if (message.takeoverSuggested) this.#suggestion.received(peer, poolHandle, poolElement.identifier);
        break;
      case UpdateAction.deletePoolElement:
        this.#ownership.deleted(peer, poolHandle, poolElement.identifier);
        break;
      default:
        this.#intake.refused(peer, poolHandle, poolElement.identifier, 'unknownAction', []);
    }
  }
}
