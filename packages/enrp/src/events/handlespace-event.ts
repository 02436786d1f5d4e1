import type { ErrorCause } from '@rserpool/wire';

/** Why an ENRP_HANDLE_UPDATE or an entry of a table was not applied. */
export type UpdateRejection =
  /** The handlespace refused it: `causes` say why (RFC 5352 section 3.1). */
  | 'inconsistent'
  /** A deletion by a registrar that is not the element's home in this view: it is stale. */
  | 'notHomeRegistrar'
  /** The Update Action is a reserved number (RFC 5353 section 2.4). */
  | 'unknownAction';

/** Why a request for a handlespace table was rejected (RFC 5353 section 3.2.3). */
export type TableRejection =
  /** This registrar initializes itself. */
  | 'initializing'
  /** As many downloads run as `limits.maximumTableSessions` admits. */
  | 'tooManySessions'
  /** The requester has taken this registrar over: which elements it keeps is not known before the requester's table is. */
  | 'yielding';

/** What happens to the common handlespace (RFC 5353 sections 3.2.3, 3.3 and 3.6). */
export type EnrpHandlespaceEvent =
  /** A peer's update was not applied. */
  | {
      readonly type: 'updateRejected';
      readonly peer: number;
      readonly poolHandle: Uint8Array;
      readonly poolElementIdentifier: number;
      readonly reason: UpdateRejection;
      readonly causes: readonly ErrorCause[];
    }
  /** Elements that were this registrar's own belong to `peer` now: they registered there, or it has precedence. */
  | { readonly type: 'ownershipYielded'; readonly peer: number; readonly elements: number }
  /** `peer` claims elements that live with this registrar: it holds their associations, and has announced them again. */
  | { readonly type: 'ownershipDefended'; readonly peer: number; readonly elements: number }
  /** `peer`, which this registrar had taken over, is back: elements that could not be reached since are its own again. */
  | { readonly type: 'ownershipReturned'; readonly peer: number; readonly elements: number }
  /** `peer` has taken another registrar over without knowing these elements of it: they are this registrar's own now. */
  | { readonly type: 'orphansAdopted'; readonly peer: number; readonly elements: number }
  /**
   * A pool was founded twice. The elements of `homeRegistrar` have precedence: `removed` elements that contradicted
   * them left the pool, of which `own` were this registrar's own; `causes` say how they differ.
   */
  | {
      readonly type: 'poolYielded';
      readonly poolHandle: Uint8Array;
      readonly homeRegistrar: number;
      readonly removed: number;
      readonly own: number;
      readonly causes: readonly ErrorCause[];
    }
  /** Elements that `peer` had claimed and now disowns are this registrar's own again. */
  | { readonly type: 'ownershipReclaimed'; readonly peer: number; readonly elements: number }
  /** A peer's PE checksum differs from ours of it; `postponed` where changes may just have crossed. */
  | {
      readonly type: 'auditMismatch';
      readonly peer: number;
      readonly received: number;
      readonly expected: number;
      readonly postponed: boolean;
    }
  /** The elements of a peer are asked for (RFC 5353 section 3.6.3). */
  | { readonly type: 'resynchronizationStarted'; readonly peer: number }
  /** The elements of a peer are in step again: `received` arrived, `removed` were not confirmed. */
  | {
      readonly type: 'resynchronized';
      readonly peer: number;
      readonly received: number;
      readonly removed: number;
    }
  /** A resynchronization was given up; the next presence of the peer starts another one where it is needed. */
  | {
      readonly type: 'resynchronizationFailed';
      readonly peer: number;
      readonly reason: 'rejected' | 'noResponse' | 'peerLost' | 'noProgress';
    }
  /** A peer's request for a table was rejected. */
  | { readonly type: 'tableRequestRejected'; readonly peer: number; readonly reason: TableRejection }
  /** A peer did not ask for the next part of the table in time; its session is over (RFC 5353 section 3.2.3). */
  | { readonly type: 'tableSessionExpired'; readonly peer: number };
