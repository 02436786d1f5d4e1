import type { ServerInformation } from '@rserpool/wire';
import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';

/** Header, both identifiers, and room for the padding of the message. */
const headerBytes = 16;

/** The bytes of a Server Information parameter with its SCTP Transport (RFC 5354 sections 3.4 and 3.11). */
function encodedLength({ transport }: ServerInformation): number {
  return transport.addresses.reduce((sum, address) => sum + 4 + address.length, 8 + 8);
}

/**
 * Answers ENRP_LIST_REQUEST (RFC 5353 section 3.2.2.2). Only registrars that were heard here are listed: were
 * hearsay passed on, two registrars would keep a dead third one in each other's lists for ever.
 */
export class ListServer {
  readonly #core: EnrpCore;

  constructor(core: EnrpCore) {
    this.#core = core;
  }

  /** A peer asks for the list. */
  request(requester: Peer): void {
    const core = this.#core;
    if (!core.isReady) {
      core.sendTo(requester, { type: 'ENRP_LIST_RESPONSE', rejected: true, servers: [] });
      return;
    }
    const servers: ServerInformation[] = [];
    let bytes = headerBytes;
    for (const peer of core.peers.values()) {
      const { serverInformation } = peer;
      if (peer === requester || peer.status !== 'active' || !peer.heard || serverInformation === undefined)
        continue;
      bytes += encodedLength(serverInformation);
      if (bytes > core.limits.maximumMessageBytes) break;
      servers.push(serverInformation);
    }
    core.sendTo(requester, { type: 'ENRP_LIST_RESPONSE', rejected: false, servers });
  }
}
