import type { LossReason } from '../events/peering-event.ts';
import type { Association } from '../peering/association.ts';
import type { KnownEndpoint } from '../peering/known-endpoint.ts';
import type { Peer } from './peer.ts';

/**
 * What one procedure tells the others. Signals wait until the procedure that raised them is done and are then
 * routed by the machine, so that no procedure changes under another one's hands and none has to know the others.
 */
export type Signal =
  /** An association that was up is gone; `peer` is who was at its other end. */
  | { readonly type: 'associationLost'; readonly association: Association; readonly peer: Peer | undefined }
  /** An association to this endpoint could not be opened: the transport said so (`isRefused`), or it took too long. */
  | { readonly type: 'endpointFailed'; readonly endpoint: KnownEndpoint; readonly isRefused: boolean }
  /** Another registrar answers where this peer was. */
  | { readonly type: 'peerReplaced'; readonly peer: Peer }
  /** This peer is considered dead. */
  | { readonly type: 'peerDead'; readonly peer: Peer; readonly reason: LossReason }
  /** This peer left the peer list. */
  | { readonly type: 'peerRemoved'; readonly peer: Peer }
  /** A peer's table was asked for and has not come as a whole. */
  | { readonly type: 'resynchronizationFailed'; readonly identifier: number }
  /** What this registrar owns has changed by what a peer said. */
  | { readonly type: 'ownElementsChanged' }
  /** The initialization is over. */
  | { readonly type: 'ready' };
