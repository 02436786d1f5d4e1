import type { ServerInformation } from '../parameters/server-information.ts';
import type { EnrpHeader } from './header.ts';

/** The registrars that the sender knows (RFC 5353 section 2.6). */
export interface EnrpListResponse extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_LIST_RESPONSE';
  /** R flag: the request was rejected; there are no servers then. */
  readonly rejected: boolean;
  /** The sender's peers. */
  readonly servers: readonly ServerInformation[];
}
