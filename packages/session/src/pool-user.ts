import type { AsapTiming, HomeRegistrar, PoolUserEvent } from '@rserpool/asap';
import type { Clock, HeartbeatOptions, Transport } from '@rserpool/transport';
import type { RandomSource, RemoteEndpoint } from '@rserpool/wire';
import type { AbortOptions } from './abortable.ts';
import type { SessionTransports } from './element-associations.ts';
import type { EventsByType, Unsubscribe } from '@rserpool/transport/internal';
import type { AnnounceOptions } from './join-announces.ts';
import type { LocalPoolElement } from './local-pool-element.ts';
import type { Logger } from './logger.ts';
import type { DeliveryLimits } from './machine/delivery/delivery-limits.ts';
import type { DeliveryEvent } from './machine/delivery/delivery-types.ts';
import type { SessionOptions } from './machine/pool-user-node-types.ts';
import type { SessionEvent } from './machine/session-event.ts';
import type { SessionLimits } from './machine/session-limits.ts';
import type { SessionTiming, SessionTimingProfile } from './machine/session-timing.ts';
import type { PoolElementHandle, PoolElementHandleForm, PoolOrElement } from './pool-element-handle.ts';
import type { DestinationForm, PoolMessage, PoolSendOptions, SentMessage } from './pool-message.ts';
import type { PoolResolution, ResolvedElement } from './resolved-element.ts';
import type { WatchOptions } from './pool-watch.ts';
import type { Session } from './session.ts';
import type { AddressForm, DataForm, PoolHandleForm, RegistrarForm } from './text-forms.ts';

/** Options of {@link createPoolUser}; the signal gives up creating the pool user and is not needed later. */
export interface PoolUserOptions extends AbortOptions {
  /**
   * To the registrars: the SCTP transport, framed TCP, or plain ASAP over TCP (RFC 5352 section 3.3).
   */
  readonly transport: Transport;
  /** To the elements; without one there is only the basic mode. */
  readonly sessionTransports?: SessionTransports;
  /** The registrars that are known beforehand; may be empty where announces are heard. */
  readonly registrars: readonly RegistrarForm[];
  /**
   * Listens to the announces of registrars (RFC 5352 section 3.6) in this group, or in the profile's (`true`); the
   * transport has to have groups. By default the list is static.
   */
  readonly announces?: AnnounceOptions | true;
  /** The set of times and conventions to start from, for ASAP as well as for sessions; `rfc` by default. */
  readonly profile?: SessionTimingProfile;
  /** Times of sessions that differ from the profile. */
  readonly timing?: Partial<SessionTiming>;
  /** Times towards the registrars that differ from the profile. */
  readonly asapTiming?: Partial<AsapTiming>;
  /**
   * How long a resolved pool is used without asking again, in milliseconds (stale.cache.value of RFC 5352 section
   * 7.2); 0 by default, so that each resolution asks. Long saves requests, short follows the pool.
   */
  readonly staleCacheValueMs?: number;
  /**
   * The pool element of the same application, which makes it a PU/PE combination (RFC 5352 section 3.9): elements are
   * sent a business card with its pool, the cards that its own users send are resolved into the cache, and copies
   * for a whole pool leave it out.
   */
  readonly poolElement?: LocalPoolElement;
  /** Limits of sessions; {@link defaultSessionLimits} by default. */
  readonly limits?: Partial<SessionLimits>;
  /** Limits of single messages; {@link defaultDeliveryLimits} by default. */
  readonly deliveryLimits?: Partial<DeliveryLimits>;
  /**
   * From how many bytes that the application has not taken a session holds up its element; 256 KiB by default.
   */
  readonly receiveHighWaterMarkBytes?: number;
  /** The local addresses towards the registrars; by default the transport's choice. */
  readonly addresses?: readonly AddressForm[];
  /** Random numbers; cryptographic ones by default. */
  readonly random?: RandomSource;
  /**
   * Time and timers; by default the real clock, whose timers keep the process alive, so that a wait for a registrar
   * that is not there yet does not end the program.
   */
  readonly clock?: Clock;
  /** Is told what happens; by default nobody is. */
  readonly logger?: Logger;
}

/** Options of {@link PoolUser.resolve}. */
export interface ResolveOptions extends AbortOptions {
  /** How many elements are wanted, 1 .. 2^32 - 1; as many as there are by default (`resolutionItems` of `asapTiming`). */
  readonly items?: number;
  /** Whether a registrar is asked even where the cache has an answer; false by default. */
  readonly bypassCache?: boolean;
}

/** Options of {@link PoolUser.connect}. */
export interface ConnectOptions extends AbortOptions, Omit<SessionOptions, 'firstElement'> {
  /** How a hung element is noticed; by default as `heartbeatIntervalMs` and `heartbeatMaximumMissed` say. */
  readonly heartbeat?: HeartbeatOptions;
  /** Is given each event from the very first on, before there is a {@link Session} to add handlers to. */
  readonly onEvent?: (event: SessionEvent) => void;
}

/** The events of a {@link PoolUser} by their type. */
export type PoolUserEvents = EventsByType<PoolUserEvent | DeliveryEvent>;

/**
 * A pool user: it resolves pool handles (the basic mode, for applications with a transport of their own), and holds
 * sessions with pools (the enhanced mode).
 */
export interface PoolUser extends AsyncDisposable {
  /** The registrar that it asks, while there is an association to it. */
  readonly homeRegistrar: HomeRegistrar | undefined;
  /** The sessions that have not ended, as they are now. */
  readonly sessions: readonly Session[];
  /**
   * Resolves a pool handle (Translation.Request of RFC 5352 section 6.9.1).
   *
   * @param poolHandle - The pool.
   * @param options - How many elements, whether to ask a registrar in any case, a signal.
   * @throws RserpoolError `ERR_RSERPOOL_UNKNOWN_POOL_HANDLE`, `ERR_RSERPOOL_RESOLUTION_REJECTED`,
   *   `ERR_RSERPOOL_RESOLUTION_TIMEOUT`, `ERR_RSERPOOL_NO_REGISTRAR`, `ERR_RSERPOOL_POOL_USER_CLOSED`.
   */
  resolve(poolHandle: PoolHandleForm, options?: ResolveOptions): Promise<PoolResolution>;
  /**
   * Follows a pool (dynamic updates, RFC 5352 section 2.2.5): a loop over the result gets the pool at once, and again
   * whenever an element comes, changes or goes, in no particular order of the elements. A slow loop gets the newest
   * state, not those in between. When the registrar is lost, another one is asked, and what changed meanwhile is a
   * change. A pool that no registrar knows has no elements (see `unknownPool`). It ends with `break`, with the signal
   * (which throws its reason), or with an error.
   *
   * Where the registrar sends no updates, and while it does not know the pool, it is asked every `poolPollIntervalMs`.
   *
   * @param poolHandle - The pool.
   * @param options - What an unknown pool means, a signal.
   * @returns What to loop over; each loop is a watch of its own, and begins with the loop.
   * @throws RserpoolError, from the loop: `ERR_RSERPOOL_NO_REGISTRAR`, `ERR_RSERPOOL_RESOLUTION_TIMEOUT` or
   *   `ERR_RSERPOOL_RESOLUTION_REJECTED` where nobody can be asked `maximumWatchAttempts` times in a row,
   *   `ERR_RSERPOOL_UNKNOWN_POOL_HANDLE` with `unknownPool: 'fail'`, `ERR_RSERPOOL_POOL_USER_CLOSED`.
   * @example
   * ```ts
   * import { createPoolUser } from '@rserpool/session';
   * import { createAsapTcpTransport } from '@rserpool/transport';
   *
   * await using user = await createPoolUser({
   *   transport: createAsapTcpTransport(),
   *   registrars: ['127.0.0.1:3863'],
   * });
   * for await (const { elements } of user.watch('WebPool', { signal: AbortSignal.timeout(60_000) })) {
   *   console.log('there are', elements.length, 'elements');
   * }
   * ```
   */
  watch(poolHandle: PoolHandleForm, options?: WatchOptions): AsyncIterable<PoolResolution, undefined>;
  /**
   * Tells a registrar that an element could not be reached (Transport.Failure of RFC 5352 section 6.9.2), and forgets
   * it in the cache. Only report an element that data was to be sent to, and once for each failure: what is reported
   * without having been given to the application, by a resolution, a watch or a session, since the last report goes no
   * further than an event `unreachableReportDropped`.
   *
   * @param poolHandle - The pool.
   * @param element - The element, or its identifier.
   */
  reportFailure(poolHandle: PoolHandleForm, element: Pick<ResolvedElement, 'identifier'> | number): void;
  /**
   * Resolves a pool into the cache (CachePopulateRequest of RFC 5352 section 6.3), also where it is there already.
   * Without a cache (`staleCacheValueMs` is 0) nothing happens.
   *
   * @param pool - The pool, or the pool of this element.
   * @param options - A signal.
   * @returns Resolves when the cache has the answer.
   * @throws RserpoolError what {@link resolve} throws.
   */
  populateCache(pool: PoolOrElement, options?: AbortOptions): Promise<void>;
  /**
   * Forgets a pool in the cache (CachePurgeRequest of RFC 5352 section 6.4).
   *
   * @param pool - The pool, or the pool of this element.
   */
  purgeCache(pool: PoolOrElement): void;
  /**
   * Names the pool element at an address, where the cache has it (the reverse mapping of RFC 5352 section 6.6): who
   * the user of a served session is, for example, when it is an element, too. It looks through the whole cache.
   *
   * @param remote - The address, and the port, which counts where several elements have the address.
   * @returns The handle, or `undefined` where no element in the cache has the address, or several.
   */
  elementAt(remote: RemoteEndpoint): PoolElementHandle | undefined;
  /**
   * Opens a session with a pool, as soon as one of its elements can be reached: an unknown pool is asked for again
   * until `connectTimeoutMs` is over. With a pool element handle the session goes to that element first, at the address
   * in the handle (RFC 5352 section 6.5.3), and to others of the pool only where it is unreachable and `failover` is
   * not false.
   *
   * @param pool - The pool, or one element of it.
   * @param options - Times, delivery, a cookie to go on from, a signal.
   * @throws RserpoolError `ERR_RSERPOOL_SESSION_FAILED`, whose cause is the error of the last attempt;
   *   `ERR_RSERPOOL_POOL_USER_CLOSED`; `ERR_RSERPOOL_INVALID_ARGUMENT` without `sessionTransports`.
   */
  connect(pool: PoolHandleForm | PoolElementHandleForm, options?: ConnectOptions): Promise<Session>;
  /**
   * Sends a single message without a session (DataSendRequest of RFC 5352 section 6.5): to a pool handle, of which the
   * policy selects one element for each message; to one element; or to a transport address. Associations are opened
   * when they are needed, shared by all messages to the same receiver, and closed when they are idle. There is no
   * state: whoever needs one uses a session.
   *
   * @param destination - Where to: a pool, one element of it, or a transport address.
   * @param data - Bytes, which must not be changed afterwards, or text.
   * @param options - The delivery options of section 6.5.5, stream, order, a signal.
   * @returns Whom it was sent to, as soon as it was handed to the association with them. What the transport gives back
   *   after that goes to another element (best effort, so that an element may see a message twice), or is told of in an
   *   event `deliveryFailed`, with the message.
   * @throws RserpoolError `ERR_RSERPOOL_UNDELIVERED`, whose cause says why; `ERR_RSERPOOL_SEND_QUEUE_FULL` at the
   *   limits; `ERR_RSERPOOL_POOL_USER_CLOSED`; `ERR_RSERPOOL_MESSAGE_TOO_LONG`; `ERR_RSERPOOL_INVALID_ARGUMENT`.
   * @example
   * ```ts
   * import type { PoolUser } from '@rserpool/session';
   *
   * declare const poolUser: PoolUser;
   * const { to } = await poolUser.send('LogPool', 'one line'); // some element of the pool
   * await poolUser.send('LogPool', 'the next line', { toLast: true }); // the same one
   * await poolUser.send('LogPool', 'flush', { toAll: true });
   * const [first] = to;
   * if (first?.handle !== undefined) await poolUser.send(first.handle, 'to you only', { failover: false });
   * ```
   */
  send(destination: DestinationForm, data: DataForm, options?: PoolSendOptions): Promise<SentMessage>;
  /**
   * The messages that come back from where single messages were sent to (data.received of RFC 5352 section 6.6), for one
   * loop; it ends when the pool user is closed. While messages wait to be taken, their senders are held up.
   */
  messages(): AsyncIterable<PoolMessage, undefined>;
  /**
   * Adds a handler for one type of event between the pool user and the registrars, or of single messages.
   *
   * @param type - The event's type.
   * @param handler - Is called with each event of that type.
   * @returns What removes the handler.
   */
  on<Type extends keyof PoolUserEvents>(
    type: Type,
    handler: (event: PoolUserEvents[Type]) => void,
  ): Unsubscribe;
  /** Closes all sessions gracefully, then the pool user; never rejects. */
  close(): Promise<void>;
  /** The same as {@link close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
