import type { PoolElement } from '../parameters/pool-element.ts';
import type { EnrpHeader } from './header.ts';

/** A pool with some or all of its elements, as it stands in an ENRP_HANDLE_TABLE_RESPONSE. */
export interface PoolEntry {
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** Its elements, at least one. */
  readonly poolElements: readonly PoolElement[];
}

/** A part of the handlespace (RFC 5353 section 2.3). */
export interface EnrpHandleTableResponse extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_HANDLE_TABLE_RESPONSE';
  /** R flag (bit 0): the request was rejected; there are no entries then. */
  readonly rejected: boolean;
  /** M flag (bit 1): more entries follow on a further request. */
  readonly moreToSend: boolean;
  /** The pools. One pool may be spread over several entries and messages. */
  readonly poolEntries: readonly PoolEntry[];
}
