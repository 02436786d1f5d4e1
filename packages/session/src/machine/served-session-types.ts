import type { AsapMessage, DecodeError, ErrorCause, PoolElement } from '@rserpool/wire';
import type { CookieRefusal } from './cookie-seal.ts';
import type { SessionMessage } from './session-message.ts';

/** What the application may want of a served session. */
export type ServedSessionCommand =
  /** Send a message. */
  | { readonly type: 'send'; readonly message: SessionMessage }
  /**
   * Hand the user a cookie; `coveredMessages` is how many messages of the session are in its state, by default all
   * that the machine has put out.
   */
  | { readonly type: 'setCookie'; readonly cookie: Uint8Array; readonly coveredMessages?: number }
  /** Recommend a failover order (RFC 5352 section 3.9). */
  | {
      readonly type: 'businessCard';
      readonly poolHandle: Uint8Array;
      readonly poolElements: readonly PoolElement[];
    }
  /** End: gracefully, or at once (`abort`). */
  | { readonly type: 'close'; readonly abort: boolean };

/** What may happen to a {@link ServedSessionMachine}. */
export type ServedSessionInput =
  | ServedSessionCommand
  /** A message with another payload protocol identifier than ASAP's. */
  | { readonly type: 'data'; readonly message: SessionMessage }
  /** An ASAP message; `reports` are the error causes that RFC 5354 section 3 wants sent back for it. */
  | { readonly type: 'control'; readonly message: AsapMessage; readonly reports: readonly ErrorCause[] }
  /** Something with ASAP's payload protocol identifier that is no ASAP message. */
  | { readonly type: 'malformedControl'; readonly error: DecodeError }
  /** The association is gone. */
  | { readonly type: 'associationLost'; readonly reason: string }
  /** So much waits in the association that nothing more should be sent on it until `writable`. */
  | { readonly type: 'congested' }
  /** There is room again. */
  | { readonly type: 'writable' }
  /** A message did not leave this host. */
  | { readonly type: 'sendFailed'; readonly message: SessionMessage };

/** What happens in a session on the pool element's side. */
export type ServedSessionEvent =
  /** The user brought a cookie although the session has a state already; it is ignored. */
  | { readonly type: 'lateCookieEcho'; readonly cookie: Uint8Array }
  /** The user brought a cookie that is not of this pool's elements (RFC 5352 section 3.8): the session ends. */
  | { readonly type: 'cookieRefused'; readonly reason: CookieRefusal }
  /** The user is an element itself (PU/PE combination) and said of which pool (RFC 5352 section 3.9). */
  | {
      readonly type: 'businessCard';
      readonly poolHandle: Uint8Array;
      readonly poolElements: readonly PoolElement[];
    }
  /** The user reported an error (ASAP_ERROR), or sent what does not belong on a session's control channel. */
  | { readonly type: 'controlError'; readonly messageType: string; readonly causes: readonly ErrorCause[] }
  /** There is no control channel: the message was dropped. */
  | { readonly type: 'controlNotSent'; readonly messageType: string }
  /** A message did not leave this host (RFC 5352 section 6.7, Error.Report). */
  | { readonly type: 'sendFailed'; readonly message: SessionMessage }
  /** The session is over: why, as the transport tells, or `closed-here` by the application. */
  | { readonly type: 'ended'; readonly reason: string };

/** What a {@link ServedSessionMachine} may want done, on its one association. */
export type ServedSessionOutput =
  /** The session begins: with the state of a lost element, or without. Comes once, before any message. */
  | { readonly type: 'started'; readonly restoredState: Uint8Array | undefined }
  /** A message came. */
  | { readonly type: 'message'; readonly message: SessionMessage }
  /** Send a message of the application. */
  | { readonly type: 'sendData'; readonly message: SessionMessage }
  /** Send an ASAP message with ASAP's payload protocol identifier, ordered, on stream 0. */
  | { readonly type: 'sendControl'; readonly message: AsapMessage }
  /** Close the association. */
  | { readonly type: 'close'; readonly abort: boolean }
  /** There is room for messages again. */
  | { readonly type: 'writable' }
  /** Something happened. */
  | { readonly type: 'event'; readonly event: ServedSessionEvent };
