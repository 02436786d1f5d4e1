import type { AsapMessage, NetworkOutput, PoolElement } from '@rserpool/wire';
import type { AsapRegistrarEvent } from './asap-registrar-event.ts';

/** What an {@link AsapRegistrarMachine} wants done. */
export type AsapRegistrarOutput =
  | NetworkOutput<AsapMessage>
  /** Tell the peers (RFC 5353 section 3.3); the handlespace is changed already. */
  | {
      readonly type: 'handleUpdate';
      readonly action: 'add' | 'delete';
      readonly poolHandle: Uint8Array;
      readonly poolElement: PoolElement;
    }
  /** Something happened that the operator may want to know. */
  | { readonly type: 'event'; readonly event: AsapRegistrarEvent };
