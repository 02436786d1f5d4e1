import type { ElementReference } from '@rserpool/handlespace';
import type { EnrpMessage, NetworkOutput } from '@rserpool/wire';
import type { EnrpEvent } from './enrp-event.ts';

/** What an {@link EnrpMachine} wants done. */
export type EnrpOutput =
  | NetworkOutput<EnrpMessage>
  /** The initialization is over: offer the service to pool elements and pool users. Exactly once. */
  | { readonly type: 'initialized' }
  /**
   * This registrar is the home of these elements now; the handlespace knows already. Send each an
   * ASAP_ENDPOINT_KEEP_ALIVE with the H flag (RFC 5353 section 3.5.2). `target` is their former home: the
   * registrar that was taken over, one that disowned elements which were claimed here as well, or this
   * registrar itself where it was restarted with its old identifier.
   */
  | {
      readonly type: 'takenOver';
      readonly target: number;
      readonly elements: readonly ElementReference[];
    }
  /** Something changed: for logs and timelines, nothing has to be done. */
  | { readonly type: 'event'; readonly event: EnrpEvent };
