import type { AsapMessage, AssociationId, PoolElement } from '@rserpool/wire';
import type { SessionEvent } from './session-event.ts';
import type { SessionMessage } from './session-message.ts';

/** What a session wants from the network. */
export type SessionNetworkOutput =
  /**
   * Open an association to the element's user transport; answered by exactly one `associationUp` or
   * `associationLost`, unless `close` comes before.
   */
  | { readonly type: 'open'; readonly association: AssociationId; readonly poolElement: PoolElement }
  /** Close it gracefully, or at once (`abort`); nothing is told of it any more. */
  | { readonly type: 'close'; readonly association: AssociationId; readonly abort: boolean }
  /** Send a message of the application. */
  | { readonly type: 'sendData'; readonly association: AssociationId; readonly message: SessionMessage }
  /** Send an ASAP message with ASAP's payload protocol identifier, ordered, on stream 0. */
  | { readonly type: 'sendControl'; readonly association: AssociationId; readonly message: AsapMessage };

/** What a session wants of the application. */
export type SessionApplicationOutput =
  /** A message came from this element (RFC 5352 section 6.6). */
  | { readonly type: 'message'; readonly message: SessionMessage; readonly element: PoolElement }
  /** After `isWritable` was false: there is room for messages again. */
  | { readonly type: 'writable' }
  /** Something happened. */
  | { readonly type: 'event'; readonly event: SessionEvent };

/** What a {@link SessionMachine} may want done. */
export type SessionOutput =
  | SessionNetworkOutput
  | SessionApplicationOutput
  /** Resolve the pool handle; answered by `resolved` or `resolutionFailed`. */
  | { readonly type: 'resolve'; readonly bypassCache: boolean }
  /** The answer is not needed any more. */
  | { readonly type: 'cancelResolution' }
  /**
   * Resolve a pool handle into the cache where that has no fresh entry: that of a business card (RFC 5352 section 3.9
   * BC1), or, where it is absent, the session's own (section 6.5.3 B).
   */
  | { readonly type: 'populateCache'; readonly poolHandle?: Uint8Array }
  /** Tell a registrar that the element is unreachable, and forget it in the cache. */
  | { readonly type: 'reportUnreachable'; readonly poolElementIdentifier: number };
