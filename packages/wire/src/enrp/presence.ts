import type { ServerInformation } from '../parameters/server-information.ts';
import type { EnrpHeader } from './header.ts';

/** A registrar announces itself, or probes a peer (RFC 5353 section 2.1). */
export interface EnrpPresence extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_PRESENCE';
  /** Reply-required flag: the receiver has to answer with its own presence. */
  readonly replyRequired: boolean;
  /** PE Checksum of the sender's own elements, 16 bits (RFC 5353 section 3.6.2). */
  readonly checksum?: number;
  /** Where the sender is; mandatory in an answer to a reply-required presence. */
  readonly serverInformation?: ServerInformation;
}
