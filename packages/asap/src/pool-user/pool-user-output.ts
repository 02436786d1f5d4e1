import type { AsapMessage, ErrorCause, NetworkOutput, PolicyParameter, PoolElement } from '@rserpool/wire';
import type { PoolUserEvent } from './pool-user-event.ts';

/** A pool as a registrar described it. */
export interface ResolvedPool {
  /** The pool's handle. */
  readonly poolHandle: Uint8Array;
  /** The overall policy; round robin where the answer named none (RFC 5352 section 2.2.6). */
  readonly policy: PolicyParameter;
  /** The elements in the registrar's order; at least one, unless reports emptied a cached pool. */
  readonly poolElements: readonly PoolElement[];
  /** Whether it is the cache's copy. */
  readonly fromCache: boolean;
}

/** Why a resolution failed. */
export type ResolutionFailure =
  /** The registrar does not know the pool. */
  | 'unknownPoolHandle'
  /** The registrar refused for another reason (see `causes`), or too many requests wait here. */
  | 'rejected'
  /** No registrar answered 1 + MAX-REQUEST-RETRANSMIT times within T1. */
  | 'timeout'
  /** No registrar could be reached at all. */
  | 'noRegistrar';

/** What a {@link PoolUserMachine} wants done. */
export type PoolUserOutput =
  | NetworkOutput<AsapMessage>
  /** A resolution succeeded. */
  | { readonly type: 'resolved'; readonly request: number; readonly pool: ResolvedPool }
  /** A resolution failed for good. */
  | {
      readonly type: 'resolutionFailed';
      readonly request: number;
      readonly reason: ResolutionFailure;
      readonly causes: readonly ErrorCause[];
    }
  /**
   * What a watch tells first, and whenever the pool changes: its state, or `undefined` where the registrar knows no such
   * pool (any more). Elements come in no particular order.
   */
  | { readonly type: 'poolChanged'; readonly watch: number; readonly pool: ResolvedPool | undefined }
  /** A watch ends, because nobody could be asked `maximumWatchAttempts` times in a row, or there are too many. */
  | {
      readonly type: 'watchFailed';
      readonly watch: number;
      readonly reason: ResolutionFailure;
      readonly causes: readonly ErrorCause[];
    }
  /** Something happened that the application may want to know. */
  | { readonly type: 'event'; readonly event: PoolUserEvent };
