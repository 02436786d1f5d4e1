import type { AssociationId, DecodeError, EnrpError, ErrorCause } from '@rserpool/wire';
import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';

/** ENRP_ERROR (RFC 5353 section 2.10): never answered by another one, or two registrars would never stop. */
const errorMessageType = 0x0a;

/** Reports of unrecognized messages and parameters, in both directions (RFC 5353 section 3.7). */
export class ErrorReports {
  readonly #core: EnrpCore;

  constructor(core: EnrpCore) {
    this.#core = core;
  }

  /** Something arrived that is no message. The association is kept, and nothing else changes. */
  malformed(association: AssociationId, peer: Peer | undefined, error: DecodeError): void {
    const core = this.#core;
    core.counters.malformed += 1;
    core.event({ type: 'malformedReceived', peer: peer?.identifier, association, error });
    if (error.action !== 'report' || error.cause === undefined) return;
    if (error.messageType !== errorMessageType) this.report(association, peer, [error.cause]);
  }

  /** Sends causes back to where they come from. */
  report(association: AssociationId, peer: Peer | undefined, causes: readonly ErrorCause[]): void {
    if (causes.length === 0) return;
    this.#core.counters.errorsReported += 1;
    this.#core.send(association, peer?.identifier ?? 0, { type: 'ENRP_ERROR', error: { causes } });
  }

  /** A peer reports an error. */
  received(peer: Peer, message: EnrpError): void {
    this.#core.event({ type: 'errorReceived', peer: peer.identifier, causes: message.error.causes });
  }
}
