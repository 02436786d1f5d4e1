import type { EnrpHeader } from './header.ts';

/** A registrar asks a peer for the list of registrars (RFC 5353 section 2.5). */
export interface EnrpListRequest extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_LIST_REQUEST';
}
