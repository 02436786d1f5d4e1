import type { AsapTiming, HomeRegistrar, PoolElementEvent } from '@rserpool/asap';
import type { Clock, Transport } from '@rserpool/transport';
import type { PoolElement, RandomSource, SelectionPolicy, UserTransport } from '@rserpool/wire';
import type { AbortOptions } from './abortable.ts';
import type { EventsByType, Unsubscribe } from '@rserpool/transport/internal';
import type { AnnounceOptions } from './join-announces.ts';
import type { Logger } from './logger.ts';
import type { BusinessCard } from './machine/business-card.ts';
import type { CookieRefusal } from './machine/cookie-seal.ts';
import type { SessionTiming, SessionTimingProfile } from './machine/session-timing.ts';
import type { ServedSession } from './served-session.ts';
import type { AddressForm, PoolHandleForm, RegistrarForm } from './text-forms.ts';

/** Where a service of the application's own server is reached. */
export interface OwnTcpService {
  /** The protocol. */
  readonly protocol: 'tcp';
  /** The port that the server listens on, 1 .. 65535. */
  readonly port: number;
  /** The address that users reach it at; by default the element's first one. */
  readonly address?: AddressForm;
}

/** Options of {@link createPoolElement}; the signal gives up creating the element and is not needed later. */
export interface PoolElementOptions extends AbortOptions {
  /** For the registrars and, unless `userTransport` is given, for the sessions: SCTP, framed TCP or memory. */
  readonly transport: Transport;
  /** The pool to join. */
  readonly poolHandle: PoolHandleForm;
  /**
   * The pool member selection policy; round robin by default. All elements of a pool have the same type. Loads are
   * 32-bit fractions, 0xffffffff for 100 %, as `loadFromFraction` of `@rserpool/policies` makes them.
   */
  readonly policy?: SelectionPolicy;
  /** The registrars that are known beforehand; may be empty where announces are heard. */
  readonly registrars: readonly RegistrarForm[];
  /**
   * Listens to the announces of registrars (RFC 5352 section 3.6) in this group, or in the profile's (`true`); the
   * transport has to have groups. By default the list is static.
   */
  readonly announces?: AnnounceOptions | true;
  /**
   * Where to listen; registrars and users come to the same port (RFC 5352 section 3.1 R1). By default the transport's
   * choice of addresses, and any free port.
   */
  readonly listen?: { readonly addresses?: readonly AddressForm[]; readonly port?: number };
  /**
   * Where users reach the service, if not at this element's own port: a TCP server of the application (then there are
   * no sessions here, and no cookies), or any other user transport of RFC 5354.
   */
  readonly userTransport?: OwnTcpService | UserTransport;
  /**
   * Whether the pool has a control channel, so that cookies and business cards can be exchanged; true by default. All
   * elements of a pool agree in it.
   */
  readonly controlChannel?: boolean;
  /** The pool element identifier, 1 .. 2^32 - 1; random by default, and best left so. */
  readonly identifier?: number;
  /**
   * How long the registration is valid without being renewed, in milliseconds, or `Infinity`; 120 000 by default.
   * Long keeps a dead element in the pool for longer where nobody notices otherwise; short costs messages. It is
   * renewed well before.
   */
  readonly registrationLifeMs?: number;
  /** The set of times and conventions to start from; `rfc` by default. */
  readonly profile?: SessionTimingProfile;
  /** Times of the supervision of associations, and of closing, that differ from the profile. */
  readonly timing?: Partial<
    Pick<SessionTiming, 'heartbeatIntervalMs' | 'heartbeatMaximumMissed' | 'closeTimeoutMs'>
  >;
  /** Times towards the registrars that differ from the profile. */
  readonly asapTiming?: Partial<AsapTiming>;
  /**
   * Whether users are sent an ASAP_BUSINESS_CARD (RFC 5352 section 3.9); by default true, and false in the profile
   * `rsplib`, whose users expect another form of it.
   */
  readonly businessCard?: boolean;
  /**
   * Whether cookies say how many messages they cover, so that users with `resend: 'sinceCookie'` send again exactly
   * the others. An extension of this implementation, which all others skip; false by default. Without it a cookie is
   * taken to cover all that was sent before it came: true of users that wait for an answer before they go on.
   */
  readonly announceCoverage?: boolean;
  /**
   * The keys that sign the cookies (HMAC-SHA-256), the same at all elements of the pool, at least 32 random bytes each;
   * by default cookies are not signed. A user that brings a cookie which no element of the pool has signed is refused.
   * The first key signs, each of them verifies: a new key goes to all elements as the second one, then as the
   * first, and then the old one is dropped. To begin with signing, drain the sessions: cookies without a signature are
   * refused.
   */
  readonly cookieKeys?: readonly Uint8Array[];
  /**
   * How old a signed cookie may be that a user brings, in milliseconds; `Infinity` by default, since the last cookie of
   * an idle session may be old, and its state must not be lost. A bound limits for how long users can bring back a
   * state of their own that is outdated; then set cookies again before it is over.
   */
  readonly cookieMaximumAgeMs?: number;
  /** How many sessions there may be at once; 10 000 by default. More are refused. */
  readonly maximumSessions?: number;
  /** From how many bytes that the application has not taken a session holds up its user; 256 KiB by default. */
  readonly receiveHighWaterMarkBytes?: number;
  /** Random numbers; cryptographic ones by default. */
  readonly random?: RandomSource;
  /** Time and timers; the real clock by default. */
  readonly clock?: Clock;
  /** Is told what happens; by default nobody is. */
  readonly logger?: Logger;
}

/** What happens to a {@link LocalPoolElement}: with the registrars, and with sessions that were refused. */
export type LocalPoolElementEvent =
  | PoolElementEvent
  | { readonly type: 'sessionRefused'; readonly reason: 'limit' | 'draining' }
  /** The user of a session is an element itself, and sent its first business card (RFC 5352 section 3.9). */
  | {
      readonly type: 'userBusinessCard';
      readonly poolHandle: Uint8Array;
      readonly poolElements: readonly PoolElement[];
    }
  /** A user brought a cookie that is forged, expired or not signed, and was refused (RFC 5352 section 3.8). */
  | { readonly type: 'cookieRefused'; readonly reason: CookieRefusal };

/** The events of a {@link LocalPoolElement} by their type. */
export type LocalPoolElementEvents = EventsByType<LocalPoolElementEvent>;

/** Whether the element is in its pool: `failed` after a rejection, or when the attempts are used up. */
export type RegistrationState = 'registering' | 'registered' | 'failed' | 'deregistered';

/**
 * A pool element of this process: it is registered in its pool, keeps itself registered whatever happens to the
 * registrars, and serves sessions.
 */
export interface LocalPoolElement extends AsyncDisposable {
  /** The pool. */
  readonly poolHandle: Uint8Array;
  /** The pool element identifier. */
  readonly identifier: number;
  /** Where users reach it. */
  readonly userTransport: UserTransport;
  /** The port that it listens on. */
  readonly port: number;
  /**
   * The business card that presents this element: its pool and itself; `undefined` while it is not to be in the pool.
   */
  readonly businessCard: BusinessCard | undefined;
  /** Whether it is in its pool. */
  readonly registrationState: RegistrationState;
  /** The registrar that looks after it, while there is an association to it. */
  readonly homeRegistrar: HomeRegistrar | undefined;
  /** How many sessions it serves. */
  readonly sessionCount: number;
  /** How many cookies were refused since the start; each is an event `cookieRefused`. */
  readonly cookiesRefused: number;
  /**
   * Waits until the element is in its pool. Where no registrar runs that may take minutes, since the element goes on
   * looking for one: a signal bounds it.
   *
   * @param options - A signal.
   * @throws RserpoolError `ERR_RSERPOOL_REGISTRATION_REJECTED` (its message has the registrar's error causes),
   *   `ERR_RSERPOOL_REGISTRATION_FAILED` (nobody answered), `ERR_RSERPOOL_POOL_ELEMENT_CLOSED`.
   */
  registered(options?: AbortOptions): Promise<void>;
  /** Registers anew, after the attempts were used up or the element was deregistered. */
  register(): void;
  /**
   * Changes the values of the policy, and tells the registrar at once.
   *
   * @param policy - A policy of the same type, as the pool wants it.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where a value is out of its range.
   */
  updatePolicy(policy: SelectionPolicy): void;
  /**
   * Changes the load of a policy that has one.
   *
   * @param fraction - 0 (idle) .. 1 (fully used).
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_STATE` where the policy has no load.
   */
  setLoad(fraction: number): void;
  /**
   * Tells a registrar that another element could not be reached (RFC 5352 section 3.5).
   *
   * @param poolHandle - Its pool.
   * @param identifier - Its pool element identifier.
   */
  reportFailure(poolHandle: PoolHandleForm, identifier: number): void;
  /** The sessions as they begin, for one loop; it ends when the element drains or closes. */
  sessions(): AsyncIterable<ServedSession, undefined>;
  /**
   * Serves all sessions with one function, several at a time. A session is closed when its function is done, and cut
   * when it throws: the user goes on with another element. That `send` throws because the user has gone meanwhile
   * ends the function as well, and is no error.
   *
   * @param handler - Serves one session.
   * @param onError - Is given what the handler throws; without it, it is thrown again as an uncaught exception.
   * @returns Resolves when the element drains or closes and all functions are done.
   */
  serve(
    handler: (session: ServedSession) => Promise<void>,
    onError?: (error: unknown) => void,
  ): Promise<void>;
  /**
   * Adds a handler for one type of event. Handlers run synchronously.
   *
   * @param type - The event's type.
   * @param handler - Is called with each event of that type.
   * @returns What removes the handler.
   */
  on<Type extends LocalPoolElementEvent['type']>(
    type: Type,
    handler: (event: LocalPoolElementEvents[Type]) => void,
  ): Unsubscribe;
  /**
   * Leaves gracefully: deregisters, takes no more sessions, waits until the users have ended those that there are,
   * and closes.
   *
   * @param options - A signal: when it comes, the sessions that are left are closed, and the promise is rejected after
   *   the element is closed.
   */
  drain(options?: AbortOptions): Promise<void>;
  /**
   * Deregisters (for at most `closeTimeoutMs`), closes the sessions, and stops listening. Users go on with other
   * elements. Never rejects.
   */
  close(): Promise<void>;
  /** The same as {@link close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
