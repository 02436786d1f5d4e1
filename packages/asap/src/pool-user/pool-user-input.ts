import type { AsapMessage, NetworkInput } from '@rserpool/wire';

/** What may happen to a {@link PoolUserMachine}. */
export type PoolUserInput =
  | NetworkInput<AsapMessage>
  /**
   * Resolve a pool handle (RFC 5352 section 3.3). Answered by exactly one `resolved` or `resolutionFailed` with
   * the same `request`, unless it is cancelled. A number that is in use throws ERR_RSERPOOL_INVALID_ARGUMENT.
   */
  | {
      readonly type: 'resolve';
      /** The caller's number for the request. */
      readonly request: number;
      /** The pool. */
      readonly poolHandle: Uint8Array;
      /** How many elements are wanted (option 0x803f), 1 .. 2^32 - 1; not sent by default: as many as there are. */
      readonly items?: number;
      /** Ask a registrar whatever the cache holds. Default `false`. */
      readonly bypassCache?: boolean;
    }
  /** Forget a request; no answer follows. One that is not known is no error. */
  | { readonly type: 'cancel'; readonly request: number }
  /**
   * Follow a pool (RFC 5352 section 2.2.5): its present state and every change come as `poolChanged`, over the loss of
   * registrars as well, until `unwatch` or one `watchFailed`. A number that is in use throws
   * ERR_RSERPOOL_INVALID_ARGUMENT.
   */
  | {
      readonly type: 'watch';
      /** The caller's number for the watch. */
      readonly watch: number;
      /** The pool. */
      readonly poolHandle: Uint8Array;
    }
  /** End a watch; nothing more comes of it. One that is not known is no error. */
  | { readonly type: 'unwatch'; readonly watch: number }
  /** Tell a registrar that an element cannot be reached (section 3.5), once per event, and drop it from the cache. */
  | {
      readonly type: 'reportUnreachable';
      readonly poolHandle: Uint8Array;
      readonly poolElementIdentifier: number;
    }
  /** Drop a pool, or one of its elements, from the cache (section 6.4). */
  | { readonly type: 'purge'; readonly poolHandle: Uint8Array; readonly poolElementIdentifier?: number }
  /**
   * Resolve a pool handle into the cache, without an answer: always (cache_populate_request of section 6.3), or only
   * where the cache has no fresh entry (sections 6.5.3 and 3.9 BC1). Nothing happens without a cache.
   */
  | {
      readonly type: 'populate';
      readonly poolHandle: Uint8Array;
      readonly evenIfFresh: boolean;
    }
  /** End at once: what waits fails with `noRegistrar`, own associations are closed. */
  | { readonly type: 'shutdown' };
