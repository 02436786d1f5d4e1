import type { AssociationId, RemoteEndpoint } from '@rserpool/wire';
import type { Peer } from '../core/peer.ts';
import type { KnownEndpoint } from './known-endpoint.ts';

/** An association, opened by this registrar or accepted. */
export interface Association {
  /** Its number. */
  readonly identifier: AssociationId;
  /** Its other end. */
  readonly remote: RemoteEndpoint;
  /** The endpoint it was opened to; absent where it was accepted. */
  readonly endpoint: KnownEndpoint | undefined;
  /** Whether it is up; one that is being opened is not. */
  isUp: boolean;
  /** Who is at its other end, once a message said so. */
  peer: Peer | undefined;
  /** Whether the conflict of identifiers on it was told already. */
  conflictTold: boolean;
}
