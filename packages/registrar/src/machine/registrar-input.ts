import type { AsapRegistrarInput } from '@rserpool/asap';
import type { AsapMessage, EnrpMessage, NetworkInput } from '@rserpool/wire';

/** What may happen to a {@link RegistrarMachine}. */
export type RegistrarInput =
  /** Begin: find a mentor, download the handlespace, then offer service (RFC 5353 section 3.2). */
  | { readonly type: 'start' }
  /** Stop: nothing more is sent but what says goodbye. */
  | { readonly type: 'shutdown' }
  /** Something happened on the ASAP side: pool elements and pool users. */
  | {
      readonly type: 'asap';
      readonly input: NetworkInput<AsapMessage> | Extract<AsapRegistrarInput, { type: 'congestion' }>;
    }
  /** Something happened on the ENRP side: peer registrars. */
  | { readonly type: 'enrp'; readonly input: NetworkInput<EnrpMessage> };
