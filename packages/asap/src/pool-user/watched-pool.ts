import type { AssociationId } from '@rserpool/wire';
import type { QueuedTimer } from '@rserpool/wire/internal';
import type { ResolvedPool } from './pool-user-output.ts';

/** A pool that is followed; its timer says when it is asked for again where no updates come. */
export class WatchedPool implements QueuedTimer {
  timerAt = 0;
  timerOrder = 0;
  timerPlace = -1;
  /** The pool, as a key. */
  readonly pool: string;
  /** The pool's handle. */
  readonly poolHandle: Uint8Array;
  /** The watches. */
  readonly watches: Set<number> = new Set();
  /** What they were told last, `undefined` where there is no such pool; of no meaning before {@link isKnown}. */
  state: ResolvedPool | undefined;
  /** Whether anything is known of the pool. */
  isKnown = false;
  /** The association over which updates come. */
  subscribedOn: AssociationId | undefined;
  /** How often in a row nobody could be asked. */
  failures = 0;

  constructor(pool: string, poolHandle: Uint8Array) {
    this.pool = pool;
    this.poolHandle = poolHandle;
  }
}
