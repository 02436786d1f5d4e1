import type { PoolElement, RemoteEndpoint } from '@rserpool/wire';
import type { AbortOptions } from './abortable.ts';
import type { EventsByType, Unsubscribe } from '@rserpool/transport/internal';
import type { BusinessCard } from './machine/business-card.ts';
import type { ServedSessionEvent } from './machine/served-session-types.ts';
import type { SessionMessage } from './machine/session-message.ts';
import type { SendOptions } from './send-options.ts';
import type { DataForm } from './text-forms.ts';

/** The events of a {@link ServedSession} by their type. */
export type ServedSessionEvents = EventsByType<ServedSessionEvent>;

/** Options of {@link ServedSession.setCookie}. */
export interface SetCookieOptions {
  /**
   * How many messages of this session are in the state of the cookie; by default those that were taken. Only of use
   * with `announceCoverage`.
   */
  readonly coveredMessages?: number;
}

/**
 * A session that this element serves. It exists from the user's first message on, because only that tells whether
 * the user brings along the state of a lost element: read {@link restoredState} first.
 *
 * Messages are taken with `for await`; the loop ends when the user is gone or the session is closed. While messages
 * wait to be taken, the user is held up (back-pressure).
 */
export interface ServedSession extends AsyncIterable<SessionMessage, undefined>, AsyncDisposable {
  /** Tells the sessions of this element apart. */
  readonly id: number;
  /** Where the user is. */
  readonly remote: RemoteEndpoint;
  /**
   * The latest cookie of the element that served the session before (RFC 5352 section 3.8), or `undefined` for a new
   * session. It comes from the user: with `cookieKeys` it is known to be of an element
   * of the pool, otherwise verify it.
   */
  readonly restoredState: Uint8Array | undefined;
  /**
   * The latest business card of the user, where it is an element, too: its pool, and whom to go to there when it fails
   * (RFC 5352 section 3.9), for example with `connect(card.poolHandle, { preferredOrder })`.
   */
  readonly userCard: BusinessCard | undefined;
  /** Whether there is a control channel, so that cookies can be set. */
  readonly hasControlChannel: boolean;
  /** Whether the session has ended. */
  readonly hasEnded: boolean;
  /**
   * Sends a message.
   *
   * @param data - Bytes, which must not be changed afterwards, or text.
   * @param options - Stream, order, payload protocol identifier.
   * @returns False when enough waits already: await {@link writable} before sending more. The message was taken.
   * @throws RserpoolError `ERR_RSERPOOL_SESSION_CLOSED`, `ERR_RSERPOOL_MESSAGE_TOO_LONG`,
   *   `ERR_RSERPOOL_INVALID_ARGUMENT`.
   */
  send(data: DataForm, options?: SendOptions): boolean;
  /**
   * Waits until there is room for messages.
   *
   * @param options - A signal.
   * @throws RserpoolError `ERR_RSERPOOL_SESSION_CLOSED`.
   */
  writable(options?: AbortOptions): Promise<void>;
  /**
   * Hands the user a cookie with the state of the session, in place of the one before. It travels on stream 0 in the
   * order of sending: set it before the answer that tells the user that its request is done.
   *
   * @param cookie - The state; less than 64 KiB.
   * @param options - What it covers.
   * @throws RserpoolError `ERR_RSERPOOL_NO_CONTROL_CHANNEL`, `ERR_RSERPOOL_SESSION_CLOSED`,
   *   `ERR_RSERPOOL_MESSAGE_TOO_LONG`.
   */
  setCookie(cookie: DataForm, options?: SetCookieOptions): void;
  /**
   * Recommends the order of failover to the user (RFC 5352 section 3.9).
   *
   * @param poolElements - Elements of this pool, the preferred one first; at least one.
   * @throws RserpoolError `ERR_RSERPOOL_NO_CONTROL_CHANNEL`, `ERR_RSERPOOL_SESSION_CLOSED`.
   */
  recommendFailoverOrder(poolElements: readonly PoolElement[]): void;
  /**
   * Adds a handler for one type of event. Handlers run synchronously.
   *
   * @param type - The event's type.
   * @param handler - Is called with each event of that type.
   * @returns What removes the handler.
   */
  on<Type extends ServedSessionEvent['type']>(
    type: Type,
    handler: (event: ServedSessionEvents[Type]) => void,
  ): Unsubscribe;
  /** Ends the session after what was sent is delivered; the user goes on with another element. Never rejects. */
  close(): Promise<void>;
  /** Ends the session at once; the user goes on with another element. */
  abort(): void;
  /** The same as {@link close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
