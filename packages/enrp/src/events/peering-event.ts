import type { AssociationId, DecodeError, ErrorCause, RemoteEndpoint } from '@rserpool/wire';

/** How a registrar became known: by a message over an association, by one on the group, from a peer's list. */
export type PeerSource = 'message' | 'group' | 'list';

/** Why a peer is probed before its time to be heard is over, or at its end. */
export type SuspicionReason =
  /** Nothing was heard for MAX-TIME-LAST-HEARD (RFC 5353 section 3.4.3). */
  | 'silent'
  /** The last association to it was lost. */
  | 'associationLost'
  /** It did not acknowledge an ENRP_INIT_TAKEOVER within MAX-TIME-NO-RESPONSE. */
  | 'notAcknowledged'
  /** A takeover of it that this registrar had acknowledged was not completed. */
  | 'takeoverNotCompleted';

/** Why a peer is considered dead (RFC 5353 section 3.4.3), or was dropped. */
export type LossReason =
  /** The probe was not answered within MAX-TIME-NO-RESPONSE. */
  | 'noResponse'
  /** No association to it could be opened, so that the probe could not be sent. */
  | 'unreachable'
  /** A registrar with another identifier answers at its endpoint: the process was started anew. */
  | 'replaced';

/** What happens to the peer list and to associations (RFC 5353 sections 3.4 and 3.7). */
export type EnrpPeeringEvent =
  /** An association is being opened; `attempt` counts from 1 for this endpoint since it was last reached. */
  | { readonly type: 'associationAttempt'; readonly remote: RemoteEndpoint; readonly attempt: number }
  /** An association could not be opened; the next attempt is due in `retryInMs`, where there will be one. */
  | {
      readonly type: 'associationFailed';
      readonly remote: RemoteEndpoint;
      readonly attempt: number;
      readonly reason: string;
      readonly retryInMs: number | undefined;
    }
  /** An endpoint that was learned from a former peer is given up after `attempts` attempts. */
  | { readonly type: 'reconnectionAbandoned'; readonly remote: RemoteEndpoint; readonly attempts: number }
  /** A registrar that was unknown is in the peer list now (RFC 5353 section 3.4.1). */
  | { readonly type: 'peerDiscovered'; readonly peer: number; readonly source: PeerSource }
  /** A peer may be dead and is probed (RFC 5353 section 3.4.3). */
  | { readonly type: 'peerSuspected'; readonly peer: number; readonly reason: SuspicionReason }
  /** A peer that was suspected, or marked "not active" by a takeover, was heard again. */
  | { readonly type: 'peerActive'; readonly peer: number }
  /** A peer is considered dead; its takeover follows where it may own elements. */
  | { readonly type: 'peerLost'; readonly peer: number; readonly reason: LossReason }
  /** A peer left the peer list: taken over (by this registrar or another), or never heard and without elements. */
  | { readonly type: 'peerRemoved'; readonly peer: number }
  /** The peer list is full; a message of an unknown registrar was discarded. */
  | { readonly type: 'peerRefused'; readonly peer: number }
  /** Somebody else uses this registrar's own identifier (RFC 5353 section 3.2.1). Told once per association or source. */
  | {
      readonly type: 'identifierConflict';
      readonly identifier: number;
      readonly remote: RemoteEndpoint | undefined;
    }
  /** Something arrived that is no message; where RFC 5354 wants it, an ENRP_ERROR was sent back. */
  | {
      readonly type: 'malformedReceived';
      readonly peer: number | undefined;
      readonly association: AssociationId;
      readonly error: DecodeError;
    }
  /** A peer reported an error of ours. */
  | { readonly type: 'errorReceived'; readonly peer: number; readonly causes: readonly ErrorCause[] };
