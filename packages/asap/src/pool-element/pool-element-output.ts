import type { AsapMessage, NetworkOutput } from '@rserpool/wire';
import type { PoolElementEvent } from './pool-element-event.ts';

/** What a {@link PoolElementMachine} wants done. */
export type PoolElementOutput =
  | NetworkOutput<AsapMessage>
  /** Something happened that the application may want to know. */
  | { readonly type: 'event'; readonly event: PoolElementEvent };
