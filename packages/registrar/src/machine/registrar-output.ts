import type { AsapRegistrarEvent } from '@rserpool/asap';
import type { EnrpEvent } from '@rserpool/enrp';
import type { AsapMessage, EnrpMessage, NetworkOutput } from '@rserpool/wire';

/** What a {@link RegistrarMachine} wants done. */
export type RegistrarOutput =
  /** Do this on the ASAP side. */
  | { readonly type: 'asap'; readonly output: NetworkOutput<AsapMessage> }
  /** Do this on the ENRP side. */
  | { readonly type: 'enrp'; readonly output: NetworkOutput<EnrpMessage> }
  /** Tell the application what happened. */
  | { readonly type: 'event'; readonly event: AsapRegistrarEvent | EnrpEvent };
