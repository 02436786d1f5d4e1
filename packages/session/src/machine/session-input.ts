import type { ResolutionFailure, ResolvedPool } from '@rserpool/asap';
import type {
  AsapMessage,
  AssociationId,
  DecodeError,
  ErrorCause,
  IpAddress,
  PoolElement,
} from '@rserpool/wire';
import type { ElementLossReason } from './attempt-failure.ts';
import type { SessionMessage } from './session-message.ts';

/** What the application may want of a session. */
export type SessionCommand =
  /** Look for an element: once, at the start. */
  | { readonly type: 'connect' }
  /** Send a message, or keep it until there is an element. */
  | { readonly type: 'send'; readonly message: SessionMessage }
  /**
   * Send the element, and those after it, a business card with this order of failover (RFC 5352 section 3.9); nothing
   * happens without an `ownCard`.
   */
  | { readonly type: 'businessCard'; readonly poolElements: readonly PoolElement[] }
  /** Leave the element; `reportUnreachable` tells a registrar, too. Nothing happens while there is no element. */
  | { readonly type: 'forceFailover'; readonly reportUnreachable: boolean }
  /** Deliver what was sent, then end; in any case within `closeTimeoutMs`. */
  | { readonly type: 'close' }
  /** End at once. */
  | { readonly type: 'abort' };

/** What may happen to the association with an element. */
export type SessionNetworkInput =
  /**
   * It is up. `controlChannel`: it carries payload protocol identifiers; `heartbeats`: it notices a silent peer.
   */
  | {
      readonly type: 'associationUp';
      readonly association: AssociationId;
      readonly controlChannel: boolean;
      readonly heartbeats: boolean;
    }
  /** It is gone, could not be opened, or the peer has lost its state (`restarted`; it is then closed by the machine). */
  | {
      readonly type: 'associationLost';
      readonly association: AssociationId;
      readonly reason: ElementLossReason;
    }
  /** A message with another payload protocol identifier than ASAP's. */
  | { readonly type: 'data'; readonly association: AssociationId; readonly message: SessionMessage }
  /** An ASAP message; `reports` are the error causes that RFC 5354 section 3 wants sent back for it. */
  | {
      readonly type: 'control';
      readonly association: AssociationId;
      readonly message: AsapMessage;
      readonly reports: readonly ErrorCause[];
    }
  /** Something with ASAP's payload protocol identifier that is no ASAP message. */
  | { readonly type: 'malformedControl'; readonly association: AssociationId; readonly error: DecodeError }
  /** So much waits in the association that nothing more should be sent on it until `writable`. */
  | { readonly type: 'congested'; readonly association: AssociationId }
  /** There is room again. */
  | { readonly type: 'writable'; readonly association: AssociationId }
  /** One of the ways to a multi-homed element failed or is there again; the association goes on. */
  | {
      readonly type: 'pathChanged';
      readonly association: AssociationId;
      readonly address: IpAddress;
      readonly state: 'active' | 'inactive';
      readonly primary: boolean;
    }
  /** A message was not taken, because the association is gone: `associationLost` follows. */
  | { readonly type: 'notSent'; readonly association: AssociationId; readonly message: SessionMessage }
  /** A message was taken and did not leave this host: `associationLost` follows. */
  | { readonly type: 'sendFailed'; readonly association: AssociationId; readonly message: SessionMessage };

/** What may happen to a {@link SessionMachine}. */
export type SessionInput =
  | SessionCommand
  | SessionNetworkInput
  /** The answer to the output `resolve`. */
  | { readonly type: 'resolved'; readonly pool: ResolvedPool }
  /** The other answer to the output `resolve`. */
  | {
      readonly type: 'resolutionFailed';
      readonly reason: ResolutionFailure;
      readonly causes: readonly ErrorCause[];
    };
