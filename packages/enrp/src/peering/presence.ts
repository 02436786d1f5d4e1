import type { AssociationId } from '@rserpool/wire';
import type { EnrpCore, EnrpMessageBody } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';

/**
 * Sends ENRP_PRESENCE. Each carries the checksum, as RFC 5353 section 3.6.1 item 2 demands, and the server
 * information: it is mandatory in answers (section 2.1), and elsewhere a receiver that does not know the sender
 * learns at once where to reach it.
 */
export class Presence {
  readonly #core: EnrpCore;

  constructor(core: EnrpCore) {
    this.#core = core;
  }

  /** To whoever is at the other end of an association. */
  sendOn(association: AssociationId, replyRequired: boolean): void {
    this.#core.send(association, 0, this.#body(replyRequired));
  }

  /** To a peer; `false` where there is no association to it. */
  sendTo(peer: Peer, replyRequired: boolean): boolean {
    return this.#core.sendTo(peer, this.#body(replyRequired));
  }

  /** To all peers and, where there is one, to the group (RFC 5353 section 3.4.2). */
  announce(replyRequired = false): void {
    const core = this.#core;
    const body = this.#body(replyRequired);
    core.announce(body);
    if (core.options.useGroup !== true) return;
    core.counters.sent.ENRP_PRESENCE += 1;
    core.outputs.push({
      type: 'sendGroup',
      message: { ...body, senderIdentifier: core.identifier, receiverIdentifier: 0 },
    });
  }

  #body(replyRequired: boolean): Extract<EnrpMessageBody, { type: 'ENRP_PRESENCE' }> {
    const core = this.#core;
    return {
      type: 'ENRP_PRESENCE',
      replyRequired,
      checksum: core.handlespace.checksum(core.identifier),
      serverInformation: { identifier: core.identifier, transport: core.options.serverTransport },
    };
  }
}
