import type { AssociationId } from '@rserpool/wire';
import type { QueuedTimer } from '@rserpool/wire/internal';
import type { PoolUpdate } from './pool-update.ts';

/** A pool that somebody wants updates of; its timer ends the pause after an update. */
export class SubscribedPool implements QueuedTimer {
  timerAt = 0;
  timerOrder = 0;
  timerPlace = -1;
  /** The pool, as a key. */
  readonly key: string;
  /** The pool's handle. */
  readonly poolHandle: Uint8Array;
  /** Who wants them. */
  readonly subscribers: Set<Subscriber> = new Set();
  /** What the subscribers know, or are about to be told. */
  update: PoolUpdate;
  /** When the last update was made. */
  updatedAt: number = Number.NEGATIVE_INFINITY;
  /** Whether the pool has changed since. */
  isChanged = false;
  /** Whether somebody subscribed while it had, and so may know something else than {@link update} says. */
  isDoubtful = false;

  constructor(key: string, poolHandle: Uint8Array, update: PoolUpdate) {
    this.key = key;
    this.poolHandle = poolHandle;
    this.update = update;
  }
}

/** An association with subscriptions. */
export class Subscriber {
  /** The association. */
  readonly association: AssociationId;
  /** What it has subscribed to. */
  readonly pools: Map<string, SubscribedPool> = new Map();
  /** The pools whose newest update it has not been sent; in the order in which they changed. */
  readonly unsent: Map<string, SubscribedPool> = new Map();
  /** Whether what was sent to it waits in the transport. */
  isCongested = false;

  constructor(association: AssociationId) {
    this.association = association;
  }
}
