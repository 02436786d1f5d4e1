import type { ElementReference } from '@rserpool/handlespace';
import type { AsapMessage, NetworkInput } from '@rserpool/wire';

/** What may happen to an {@link AsapRegistrarMachine}. */
export type AsapRegistrarInput =
  | NetworkInput<AsapMessage>
  /** The handlespace is complete (ENRP's initialization is over): announcements begin. Requests are answered before. */
  | { readonly type: 'offerService' }
  /** This registrar won a takeover: tell each of these elements by a KEEP_ALIVE with the H flag, and watch them. */
  | { readonly type: 'adopt'; readonly elements: readonly ElementReference[] }
  /** End at once: associations are closed, nothing is sent any more; elements stay in the handlespace. */
  | { readonly type: 'shutdown' };
