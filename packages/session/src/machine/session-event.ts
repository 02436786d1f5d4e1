import type { ErrorCause, IpAddress, PoolElement } from '@rserpool/wire';
import type { AttemptFailure, ElementLossReason, SessionFailure } from './attempt-failure.ts';
import type { SessionMessage } from './session-message.ts';

/** What happens in a session on the pool user's side: each attempt is an event, none is silent. */
export type SessionEvent =
  /** The pool handle is being resolved. */
  | { readonly type: 'resolving'; readonly attempt: number; readonly bypassCache: boolean }
  /** The policy, or the order of a business card, chose an element. */
  | { readonly type: 'selected'; readonly element: PoolElement; readonly attempt: number }
  /** An association to the element is being opened. */
  | { readonly type: 'connecting'; readonly element: PoolElement; readonly attempt: number }
  /** The session has an element. */
  | { readonly type: 'connected'; readonly element: PoolElement; readonly controlChannel: boolean }
  /** An attempt failed; `attempt` counts from 1. */
  | { readonly type: 'attemptFailed'; readonly attempt: number; readonly failure: AttemptFailure }
  /** All elements failed, or the resolution did: the next round starts after a pause. */
  | { readonly type: 'retry'; readonly attempt: number; readonly delayMs: number }
  /**
   * With SCTP, one of the ways to a multi-homed element failed or is there again: the session goes on by another one.
   * `address` is the element's; `primary` tells whether it is the way in use.
   */
  | {
      readonly type: 'pathChanged';
      readonly element: PoolElement;
      readonly address: IpAddress;
      readonly state: 'active' | 'inactive';
      readonly primary: boolean;
    }
  /** A newer cookie was stored (RFC 5352 section 3.8). */
  | { readonly type: 'cookieStored'; readonly cookie: Uint8Array }
  /** The element recommended a failover order (RFC 5352 section 3.9). */
  | {
      readonly type: 'businessCard';
      readonly poolHandle: Uint8Array;
      readonly poolElements: readonly PoolElement[];
    }
  /**
   * The element is gone. `detectMs` is how long ago the last sign of life can have been at most.
   */
  | {
      readonly type: 'elementLost';
      readonly element: PoolElement;
      readonly reason: ElementLossReason;
      readonly detectMs: number;
    }
  /** The search for another element begins. */
  | { readonly type: 'failoverStarted'; readonly from: PoolElement; readonly hasCookie: boolean }
  /** A registrar is being told that the element is unreachable (RFC 5352 section 3.5). */
  | {
      readonly type: 'reportedUnreachable';
      readonly element: PoolElement;
      readonly reason: ElementLossReason;
    }
  /** The session goes on with another element; `withCookie` where it was sent an ASAP_COOKIE_ECHO. */
  | {
      readonly type: 'failoverComplete';
      readonly from: PoolElement;
      readonly to: PoolElement;
      readonly withCookie: boolean;
      readonly durationMs: number;
      readonly attempts: number;
      readonly resentMessages: number;
    }
  /**
   * A message was not delivered as far as is known here (Error.Report of RFC 5352 section 6.7): no element took it
   * before the session ended, or the one that it was sent to is lost and no other one may get it. `element` is whom
   * it was sent to, if anybody; `mayHaveArrived` tells that it left the session, so that only the element knows.
   */
  | {
      readonly type: 'sendFailed';
      readonly message: SessionMessage;
      readonly element: PoolElement | undefined;
      readonly mayHaveArrived: boolean;
    }
  /** The element reported an error (ASAP_ERROR), or sent what does not belong on a session's control channel. */
  | { readonly type: 'controlError'; readonly messageType: string; readonly causes: readonly ErrorCause[] }
  /** The session ended for good. */
  | { readonly type: 'failed'; readonly failure: SessionFailure }
  /** The application closed the session; `undelivered` messages did not get through in time. */
  | { readonly type: 'closed'; readonly undelivered: number };
