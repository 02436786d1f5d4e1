import type { EnrpHeader } from './header.ts';

/** A registrar announces that it wants to take over a failed peer (RFC 5353 section 2.7). */
export interface EnrpInitTakeover extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_INIT_TAKEOVER';
  /** Targeting Server's ID: the registrar that failed, 32 bits unsigned. */
  readonly targetIdentifier: number;
}
