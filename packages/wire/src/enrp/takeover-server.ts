import type { EnrpHeader } from './header.ts';

/** A registrar has taken over a failed peer (RFC 5353 section 2.9). */
export interface EnrpTakeoverServer extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_TAKEOVER_SERVER';
  /** Targeting Server's ID: the registrar that failed, 32 bits unsigned. */
  readonly targetIdentifier: number;
}
