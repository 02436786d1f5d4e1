import type { EnrpHeader } from './header.ts';

/** A registrar asks a peer for the handlespace (RFC 5353 section 2.2). */
export interface EnrpHandleTableRequest extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_HANDLE_TABLE_REQUEST';
  /** W flag: only the elements that the receiver owns are wanted. */
  readonly ownChildrenOnly: boolean;
}
