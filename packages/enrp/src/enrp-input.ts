import type { EnrpMessage, NetworkInput, PoolElement } from '@rserpool/wire';

/** What may happen to an {@link EnrpMachine}. */
export type EnrpInput =
  | NetworkInput<EnrpMessage>
  /** Begin: find a mentor, download, or consider oneself alone (RFC 5353 section 3.2). Once; later ones are ignored. */
  | { readonly type: 'start' }
  /**
   * An element of which this registrar is the home was added, updated or deleted in the handlespace already: tell
   * the peers (RFC 5353 section 3.3). The element has to have its ASAP transport.
   */
  | {
      readonly type: 'handleUpdate';
      readonly action: 'add' | 'delete';
      readonly poolHandle: Uint8Array;
      readonly poolElement: PoolElement;
    }
  /** Stop: close all associations. The peers notice the loss and take over. Nothing is done after it. */
  | { readonly type: 'shutdown' };
