import type { PoolElement } from '../parameters/pool-element.ts';
import type { EnrpHeader } from './header.ts';

/** The values of the Update Action field (RFC 5353 section 2.4). */
export const UpdateAction: {
  /** ADD_PE: add or update the element. */
  readonly addPoolElement: 0;
  /** DEL_PE: delete the element. */
  readonly deletePoolElement: 1;
} = { addPoolElement: 0, deletePoolElement: 1 };

/** The home registrar of an element tells its peers about a change (RFC 5353 section 2.4). */
export interface EnrpHandleUpdate extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_HANDLE_UPDATE';
  /** T flag (draft-dreibholz-rserpool-enrp-takeover): the receiver is asked to become the element's home. */
  readonly takeoverSuggested: boolean;
  /** Update Action, 16 bits: one of {@link UpdateAction}; reserved numbers are passed as they are. */
  readonly action: number;
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** The pool element. */
  readonly poolElement: PoolElement;
}
