import type { AllocateAssociation, PoolElement, RandomSource } from '@rserpool/wire';
import type { BusinessCard } from './business-card.ts';
import type { SessionProtocol } from './element-choice.ts';
import type { PoolSelectors } from './pool-selectors.ts';
import type { SessionLimits } from './session-limits.ts';
import type { SessionTiming } from './session-timing.ts';

/**
 * What becomes of messages that were sent to an element that is lost then (RFC 5352 section 6.5.5 calls any way a
 * best effort):
 * - `none`: each message is sent to one element at most once; what was under way is lost with the element;
 * - `sinceCookie`: what was sent since the last cookie is sent again after the ASAP_COOKIE_ECHO, so that each message
 *   is in the state at least once, and an element may see a message twice.
 *
 * Messages that wait while there is no element go to the next one in either case.
 */
export type ResendOption = 'none' | 'sinceCookie';

/** Options of a {@link SessionMachine}. */
export interface SessionMachineOptions {
  /** Over which protocols elements can be reached. */
  readonly protocols: readonly SessionProtocol[];
  /** Random numbers for the jitter of pauses. */
  readonly random: RandomSource;
  /** Draws the numbers of associations. */
  readonly allocateAssociation: AllocateAssociation;
  /** The state of the policies, shared by all sessions of a pool user. */
  readonly selectors: PoolSelectors;
  /** Times; those of the profile `rfc` where they are absent. */
  readonly timing?: Partial<SessionTiming>;
  /** Limits; {@link defaultSessionLimits} where they are absent. */
  readonly limits?: Partial<SessionLimits>;
  /** What becomes of messages under way when an element is lost; `none` by default. */
  readonly resend?: ResendOption;
  /** A cookie of an earlier session to go on from: the first element is sent it, too. */
  readonly cookie?: Uint8Array;
  /**
   * The element to go to first (RFC 5352 section 6.5.3: sending to a pool element handle), at the address that it has
   * here, before anything is resolved; by default the policy chooses.
   */
  readonly firstElement?: PoolElement;
  /**
   * The pool element identifiers to prefer, as the business card of a lost peer said (RFC 5352 section 3.9 BC2); a
   * later card takes their place.
   */
  readonly preferredOrder?: readonly number[];
  /** Whether the session goes on with another element when it loses one; true by default. */
  readonly failover?: boolean;
  /**
   * Whether an element that the session has just lost or left may be chosen again at once, where a registrar still names
   * it; false by default: the others are tried first. True leaves the choice to the registrar alone, which has to find
   * out by reports and keep-alives that an element is gone.
   */
  readonly mayReturn?: boolean;
  /**
   * The card of the element that the pool user is part of (PU/PE combination of RFC 5352 section 3.9): each element is
   * sent it when the communication begins. Asked for each time; `undefined` where there is none at the moment.
   */
  readonly ownCard?: () => BusinessCard | undefined;
}

/** Where a session is. */
export type SessionState =
  | 'idle'
  | 'resolving'
  | 'connecting'
  | 'connected'
  | 'waiting'
  | 'closed'
  | 'failed';
