import type { EnrpCore } from './enrp-core.ts';
import type { Peer } from './peer.ts';
import type { Procedures } from './procedures.ts';
import type { Signal } from './signal.ts';

/** Takes what one procedure tells to the others that it concerns. */
export class SignalDispatch {
  readonly #core: EnrpCore;
  readonly #procedures: Procedures;

  constructor(core: EnrpCore, procedures: Procedures) {
    this.#core = core;
    this.#procedures = procedures;
  }

  /** Routes all signals, and those that they cause. */
  settle(): void {
    for (let signal = this.#core.signals.take(); signal !== undefined; signal = this.#core.signals.take()) {
      this.#route(signal);
    }
  }

  #route(signal: Signal): void {
    const { arbitration, audit, connections, failureDetection, heartbeat, initialization, tableServer } =
      this.#procedures;
    switch (signal.type) {
      case 'associationLost':
        if (signal.peer !== undefined) this.#associationLost(signal.peer);
        initialization.associationLost();
        break;
      case 'endpointFailed':
        if (signal.isRefused) failureDetection.endpointFailed(signal.endpoint);
        initialization.endpointFailed(signal.endpoint);
        break;
      case 'peerReplaced':
        failureDetection.replaced(signal.peer);
        break;
      case 'peerDead':
        this.#forget(signal.peer);
        arbitration.peerDead(signal.peer);
        break;
      case 'peerRemoved':
        this.#forget(signal.peer);
        audit.relent();
        arbitration.peerGone(signal.peer);
        break;
      case 'resynchronizationFailed':
        audit.untried(signal.identifier);
        break;
      case 'ownElementsChanged':
        audit.relent();
        break;
      case 'ready':
        connections.maintain();
        heartbeat.watchUnknownHomes();
        tableServer.ready();
        arbitration.ready();
        break;
    }
  }

  /** What was under way on the association is lost, and with it the peer's session and ours. */
  #associationLost(peer: Peer): void {
    const { audit, failureDetection, presence, resynchronization, tableServer } = this.#procedures;
    tableServer.drop(peer.identifier);
    if (resynchronization.isPending(peer)) {
      resynchronization.peerGone(peer.identifier);
      audit.peerGone(peer.identifier);
      presence.sendTo(peer, true);
    }
    failureDetection.associationLost(peer);
  }

  #forget({ identifier }: Peer): void {
    this.#procedures.tableServer.drop(identifier);
    this.#procedures.resynchronization.peerGone(identifier);
    this.#procedures.audit.peerGone(identifier);
    this.#procedures.views.forget(identifier);
    this.#procedures.ownership.peerGone(identifier);
  }
}
