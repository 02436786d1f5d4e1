import type { AsapClientOptions } from '../client/asap-client-options.ts';

/** How a {@link PoolUserMachine} is set up. */
export interface PoolUserOptions extends AsapClientOptions {
  /**
   * stale.cache.value (RFC 5352 section 7.2), in milliseconds: how long a resolved pool is used without asking
   * again. Default 0: every request asks. Longer saves requests; shorter follows the pool (and the loads of
   * adaptive policies) more closely.
   */
  readonly staleCacheValueMs?: number;
  /** C3: whether a stale entry answers at once while it is being updated. Default `false`: the request waits. */
  readonly answerWhileUpdating?: boolean;
  /** How many requests may wait at once; a further one fails with `rejected`. Default 4096. */
  readonly maximumRequests?: number;
  /** How many watches of pools there may be at once; a further one fails with `rejected`. Default 1024. */
  readonly maximumWatches?: number;
  /** How many pools the cache holds; the one that was written longest ago goes first. Default 1024. */
  readonly maximumCachedPools?: number;
}
