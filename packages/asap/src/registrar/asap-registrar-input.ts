import type { ElementReference } from '@rserpool/handlespace';
import type { AsapMessage, AssociationId, NetworkInput } from '@rserpool/wire';

/** What may happen to an {@link AsapRegistrarMachine}. */
export type AsapRegistrarInput =
  | NetworkInput<AsapMessage>
  /** The handlespace is complete (ENRP's initialization is over): announcements begin. Requests are answered before. */
  | { readonly type: 'offerService' }
  /** This registrar won a takeover: tell each of these elements by a KEEP_ALIVE with the H flag, and watch them. */
  | { readonly type: 'adopt'; readonly elements: readonly ElementReference[] }
  /**
   * What is sent over an association waits in the transport (`isCongested`), or does so no longer: until then it gets no
   * updates of pools, and then only the newest. Whoever does not tell gets them sent all the same.
   */
  | { readonly type: 'congestion'; readonly association: AssociationId; readonly isCongested: boolean }
  /** End at once: associations are closed, nothing is sent any more; elements stay in the handlespace. */
  | { readonly type: 'shutdown' };
