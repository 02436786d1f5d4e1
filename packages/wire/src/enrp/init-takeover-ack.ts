import type { EnrpHeader } from './header.ts';

/** A registrar agrees to a takeover (RFC 5353 section 2.8). */
export interface EnrpInitTakeoverAck extends EnrpHeader {
  /** The message's name in the RFC. */
  readonly type: 'ENRP_INIT_TAKEOVER_ACK';
  /** Targeting Server's ID: the registrar that failed, 32 bits unsigned. */
  readonly targetIdentifier: number;
}
