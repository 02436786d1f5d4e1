import type { AbortOptions } from './abortable.ts';
import type { EventsByType, Unsubscribe } from '@rserpool/transport/internal';
import type { SessionEvent } from './machine/session-event.ts';
import type { SessionState } from './machine/session-machine-options.ts';
import type { PoolElement } from '@rserpool/wire';
import type { ReceivedMessage } from './received-message.ts';
import type { ResolvedElement } from './resolved-element.ts';
import type { SendOptions } from './send-options.ts';
import type { DataForm } from './text-forms.ts';

/** The events of a {@link Session} by their type. */
export type SessionEvents = EventsByType<SessionEvent>;

/** Options of {@link Session.forceFailover}. */
export interface ForceFailoverOptions {
  /** Whether a registrar is told that the element is unreachable; false by default. */
  readonly reportUnreachable?: boolean;
}

/**
 * A session with a pool: messages to and from whatever element serves it at the moment. It survives the loss of
 * the element: another one is chosen and sent the latest cookie first (RFC 5352 section 3.8).
 *
 * Messages are taken with `for await`. The loop ends when the session is closed, and throws the final error,
 * `ERR_RSERPOOL_SESSION_FAILED`, when no element could be reached within the bounds of {@link SessionTiming}.
 * While messages wait to be taken, the element is held up (back-pressure). A loop may be left and begun again.
 */
export interface Session extends AsyncIterable<ReceivedMessage, undefined>, AsyncDisposable {
  /** The pool. */
  readonly poolHandle: Uint8Array;
  /** Where the session is. */
  readonly state: SessionState;
  /** The element that serves the session, or `undefined` while it has none. */
  readonly element: ResolvedElement | undefined;
  /** The latest cookie, or `undefined` before the first. */
  readonly cookie: Uint8Array | undefined;
  /**
   * Sends a message, or keeps it until there is an element. It goes to one element at most, unless the session was
   * made with `resend: 'sinceCookie'`; with `failover: false` to none after the first that is tried. What no element
   * took comes back in an event `sendFailed`.
   *
   * @param data - Bytes, which must not be changed afterwards, or text.
   * @param options - Stream, order, payload protocol identifier, failover.
   * @returns False when enough waits already: await {@link writable} before sending more. The message was taken.
   * @throws RserpoolError `ERR_RSERPOOL_SESSION_CLOSED`; the final error of a session that failed;
   *   `ERR_RSERPOOL_SEND_QUEUE_FULL` and `ERR_RSERPOOL_RETAINED_FULL` at the hard limits of {@link SessionLimits};
   *   `ERR_RSERPOOL_MESSAGE_TOO_LONG`; `ERR_RSERPOOL_INVALID_ARGUMENT`.
   */
  send(data: DataForm, options?: SendOptions): boolean;
  /**
   * Waits until there is room for messages.
   *
   * @param options - A signal.
   * @throws RserpoolError `ERR_RSERPOOL_SESSION_CLOSED`, or the final error.
   */
  writable(options?: AbortOptions): Promise<void>;
  /**
   * Adds a handler for one type of event. Handlers run synchronously.
   *
   * @param type - The event's type.
   * @param handler - Is called with each event of that type.
   * @returns What removes the handler.
   */
  on<Type extends SessionEvent['type']>(
    type: Type,
    handler: (event: SessionEvents[Type]) => void,
  ): Unsubscribe;
  /**
   * Recommends an order of failover to the elements that serve the session, for when this application's own pool
   * element fails (RFC 5352 section 3.9). The card goes to the present element at once, and to each that comes after it.
   *
   * @param poolElements - Elements of the pool of the option `poolElement`, the preferred one first; at least one.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_STATE` where the pool user was created without `poolElement`;
   *   `ERR_RSERPOOL_INVALID_ARGUMENT` for an empty list.
   */
  recommendFailoverOrder(poolElements: readonly PoolElement[]): void;
  /**
   * Leaves the element for another one; where the pool has no other, comes back to it after a pause. Nothing happens
   * while the session looks for an element anyway.
   *
   * @param options - Whether to report the element.
   */
  forceFailover(options?: ForceFailoverOptions): void;
  /**
   * Delivers what was sent, also over a failover that is under way, and ends the session. On a session that has
   * ended it does nothing.
   *
   * @param options - A signal: when it comes, the session is cut and the promise rejected.
   * @throws RserpoolError `ERR_RSERPOOL_UNDELIVERED` when messages were left after `closeTimeoutMs`; the final error
   *   when the session failed meanwhile.
   */
  close(options?: AbortOptions): Promise<void>;
  /** Ends the session at once; what waits is dropped. */
  abort(): void;
  /** Closes the session, for `await using`; unlike {@link close} it never rejects. */
  [Symbol.asyncDispose](): Promise<void>;
}
