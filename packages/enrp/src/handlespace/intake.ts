import type { RegistrationAccepted } from '@rserpool/handlespace';
import type { ErrorCause, PoolElement } from '@rserpool/wire';
import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';
import type { UpdateRejection } from '../events/handlespace-event.ts';
import { PoolConflicts } from './pool-conflicts.ts';
import type { ViewChanges } from './view-changes.ts';

/** How what peers say gets into the handlespace, and what is told where it does not. */
export class Intake {
  readonly #core: EnrpCore;
  readonly #views: ViewChanges;
  readonly #poolConflicts: PoolConflicts;

  constructor(core: EnrpCore, views: ViewChanges) {
    this.#core = core;
    this.#views = views;
    this.#poolConflicts = new PoolConflicts(core);
  }

  /** Runs what a message of a peer does. */
  from(peer: Peer, apply: () => void): void {
    this.#poolConflicts.begin();
    this.#views.causedBy(peer.identifier, apply);
  }

  /** Takes an element in; `undefined` where the handlespace refuses it. */
  learn(peer: Peer, poolHandle: Uint8Array, poolElement: PoolElement): RegistrationAccepted | undefined {
    const { handlespace } = this.#core;
    let result = handlespace.learn(poolHandle, poolElement);
    if (!result.ok && this.#poolConflicts.yieldTo(poolElement.homeRegistrar, poolHandle, result.causes))
      result = handlespace.learn(poolHandle, poolElement);
    if (result.ok) return result;
    this.refused(peer, poolHandle, poolElement.identifier, 'inconsistent', result.causes);
    return undefined;
  }

  /** Counts and tells that something was not applied. */
  refused(
    peer: Peer,
    poolHandle: Uint8Array,
    poolElementIdentifier: number,
    reason: UpdateRejection,
    causes: readonly ErrorCause[],
  ): void {
    this.#core.counters.updatesRejected += 1;
    this.#core.event({
      type: 'updateRejected',
      peer: peer.identifier,
      poolHandle: poolHandle.slice(),
      poolElementIdentifier,
      reason,
      causes,
    });
  }
}
