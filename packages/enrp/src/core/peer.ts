import type { AssociationId, RemoteEndpoint, ServerInformation } from '@rserpool/wire';

/**
 * What a registrar thinks of a peer:
 *
 * - `active`: monitored, heard or expected to be heard;
 * - `suspected`: probed because it was silent or its association was lost (RFC 5353 section 3.4.3);
 * - `dead`: this registrar arbitrates for its takeover, or will when it is initialized;
 * - `notActive`: another registrar takes it over, it is not monitored (RFC 5353 section 3.5.1).
 */
export type PeerStatus = 'active' | 'suspected' | 'dead' | 'notActive';

/** One entry of the peer list. */
export interface Peer {
  /** The registrar's identifier. */
  readonly identifier: number;
  /** What this registrar thinks of it. */
  status: PeerStatus;
  /** Whether a message of it was ever received here: a peer may be known from a list alone. */
  heard: boolean;
  /** `peer_last_heard` of RFC 5353 section 4.1, or when it was added; milliseconds on the caller's clock. */
  lastHeard: number;
  /** Where an association to it can be opened, where that is known. */
  endpoint: RemoteEndpoint | undefined;
  /** What it told about itself. */
  serverInformation: ServerInformation | undefined;
  /** Its associations that are up, the newest first. All messages go over that one, so that they keep their order. */
  readonly associations: AssociationId[];
}

/** A peer for display: what a status page shows. */
export interface EnrpPeer {
  /** The registrar's identifier. */
  readonly identifier: number;
  /** What this registrar thinks of it. */
  readonly status: PeerStatus;
  /** Whether a message of it was ever received here. */
  readonly heard: boolean;
  /** When it was last heard, or added; milliseconds on the caller's clock. */
  readonly lastHeardAt: number;
  /** Whether an association to it is up. */
  readonly associated: boolean;
  /** Where it can be reached, where that is known. */
  readonly endpoint: RemoteEndpoint | undefined;
}
