import type { PoolElementEvent, PoolElementInput } from '@rserpool/asap';
import type { AsapMessage, AssociationId, NetworkInput, NetworkOutput, RemoteEndpoint } from '@rserpool/wire';
import type { BusinessCard } from './business-card.ts';
import type { CookieRefusal } from './cookie-seal.ts';
import type { ServedSessionCommand, ServedSessionOutput } from './served-session-types.ts';
import type { SessionMessage } from './session-message.ts';

/** What may happen to a {@link PoolElementNodeMachine}. */
export type PoolElementNodeInput =
  /**
   * An association that the machine opened is up, or the shell accepted one (`inbound`). `controlChannel`: it
   * carries payload protocol identifiers.
   */
  | {
      readonly type: 'associationUp';
      readonly association: AssociationId;
      readonly remote: RemoteEndpoint;
      readonly inbound: boolean;
      readonly controlChannel: boolean;
    }
  /** It is gone, or could not be opened. */
  | Extract<NetworkInput<AsapMessage>, { type: 'associationLost' }>
  /** An ASAP message: of a registrar, or on the control channel of a session. */
  | Extract<NetworkInput<AsapMessage>, { type: 'message' | 'malformed' | 'groupMessage' }>
  /** A message with another payload protocol identifier than ASAP's. */
  | { readonly type: 'data'; readonly association: AssociationId; readonly message: SessionMessage }
  /** So much waits in the association that nothing more should be sent on it until `writable`. */
  | { readonly type: 'congested'; readonly association: AssociationId }
  /** There is room again. */
  | { readonly type: 'writable'; readonly association: AssociationId }
  /** A message of a session did not leave this host. */
  | { readonly type: 'sendFailed'; readonly association: AssociationId; readonly message: SessionMessage }
  /** What the application wants of the registration. */
  | Exclude<PoolElementInput, NetworkInput<AsapMessage>>
  /** Accept no more associations and sessions: those that nobody has used yet are closed. */
  | { readonly type: 'stopAccepting' }
  /** What the application wants of a session, named by its association; nothing happens where it has ended. */
  | { readonly type: 'session'; readonly association: AssociationId; readonly input: ServedSessionCommand };

/** What a {@link PoolElementNodeMachine} may want done. */
export type PoolElementNodeOutput =
  | NetworkOutput<AsapMessage>
  /** What a session wants of its association, or tells the application. */
  | {
      readonly type: 'session';
      readonly association: AssociationId;
      readonly output: Exclude<ServedSessionOutput, { type: 'close' | 'sendControl' }>;
    }
  /** A session was refused: there are too many, or the element accepts no more. */
  | {
      readonly type: 'sessionRefused';
      readonly association: AssociationId;
      readonly reason: 'limit' | 'draining';
    }
  /**
   * The first business card of a session's user, which is an element of that pool: a cache that the application has
   * should know the pool (RFC 5352 section 3.9 BC1). Once for each session, so that nobody has pool after pool asked for.
   */
  | { readonly type: 'userBusinessCard'; readonly association: AssociationId; readonly card: BusinessCard }
  /** A cookie that a user brought was refused, and its session ends (RFC 5352 section 3.8). */
  | {
      readonly type: 'cookieRefused';
      readonly association: AssociationId;
      readonly reason: CookieRefusal;
    }
  /** Something happened between the element and the registrars. */
  | { readonly type: 'event'; readonly event: PoolElementEvent };
