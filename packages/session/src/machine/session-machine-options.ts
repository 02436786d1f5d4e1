import type { AllocateAssociation, RandomSource } from '@rserpool/wire';
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
