import type { ResolutionFailure } from '@rserpool/asap';
import type { ErrorCause, PoolElement } from '@rserpool/wire';

/**
 * Why a session lost or could not reach an element: what became of the association (`closed-by-peer` to
 * `restarted`, as the transport tells), of the attempt to open it (`connect-…`, `connection-refused`, or
 * `local-failure` where this host could not even try), `cookie-refused` by the element, whose keys differ from those of
 * the one that signed it, `send-failed` where the transport gave a single message back, or `forced` by the application.
 */
export type ElementLossReason =
  | 'closed-by-peer'
  | 'aborted'
  | 'reset'
  | 'heartbeat'
  | 'unreachable'
  | 'protocol-violation'
  | 'restarted'
  | 'connection-refused'
  | 'connect-timeout'
  | 'connect-failed'
  | 'local-failure'
  | 'cookie-refused'
  | 'send-failed'
  | 'forced';

/** Why one attempt came to nothing. */
export type AttemptFailure =
  /** The pool handle could not be resolved; `causes` are the registrar's. */
  | {
      readonly kind: 'resolution';
      readonly reason: ResolutionFailure;
      readonly causes: readonly ErrorCause[];
    }
  /** An element could not be reached, or was lost. */
  | { readonly kind: 'element'; readonly element: PoolElement; readonly reason: ElementLossReason }
  /** The pool has `elements` elements, but none over a transport that the session was given. */
  | { readonly kind: 'noUsableElement'; readonly elements: number };

/** Why a session ended for good. */
export interface SessionFailure {
  /**
   * Which bound was reached: of the first connection, of a failover, or of the number of attempts; or that the element
   * is gone and the session may have no other one.
   */
  readonly reason: 'connectTimeout' | 'failoverTimeout' | 'tooManyAttempts' | 'noFailover';
  /** How many attempts there were. */
  readonly attempts: number;
  /** The last of them that failed; absent where the time was over before any came to an end. */
  readonly lastAttempt?: AttemptFailure;
}

/** Losses that say nothing against the element, so that there is nothing to report (RFC 5352 section 3.5). */
const lossesOfReachableElements: ReadonlySet<ElementLossReason> = new Set([
  'closed-by-peer',
  'protocol-violation',
  'restarted',
  'local-failure',
  'cookie-refused',
  'send-failed',
  'forced',
]);

/**
 * Tells whether a loss means that the element is unreachable, which is reported to a registrar with
 * ASAP_ENDPOINT_UNREACHABLE (RFC 5352 section 3.5).
 *
 * @param reason - Why it was lost.
 */
export function isUnreachable(reason: ElementLossReason): boolean {
  return !lossesOfReachableElements.has(reason);
}
