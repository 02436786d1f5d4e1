import type { EnrpTimingProfile } from './enrp-timing.ts';

/** Upper bounds of what peers can make a registrar spend, and of how often it tries. Integers of 1 or more. */
export interface EnrpLimits {
  /** Registrars in the peer list. Messages of further ones are discarded. Default 256. */
  readonly maximumPeers: number;
  /** Endpoints of former peers that are tried again; the configured ones come on top. Default 256. */
  readonly maximumReconnectEndpoints: number;
  /**
   * After how many attempts the endpoint of a former peer is given up; configured ones never are. Default 40: a quarter
   * of an hour in the profile `lan`, more than two hours in the profile `rfc`.
   */
  readonly maximumReconnectAttempts: number;
  /** Handlespace downloads that are served at the same time (RFC 5353 section 3.2.3). Default 16. */
  readonly maximumTableSessions: number;
  /** Pool elements in one ENRP_HANDLE_TABLE_RESPONSE. Default 256. */
  readonly maximumTableElements: number;
  /**
   * ENRP_HANDLE_TABLE_RESPONSE messages that make up one table. A peer that sends more has its table given up: else
   * it could keep this registrar asking for ever. Default 65536, enough for messages of one element each.
   */
  readonly maximumTableParts: number;
  /** Bytes of one ENRP_HANDLE_TABLE_RESPONSE or ENRP_LIST_RESPONSE, 100 .. 65535. Default 32768. */
  readonly maximumMessageBytes: number;
  /** Resynchronizations that run at the same time (RFC 5353 section 3.6.3). Default 4. */
  readonly maximumResynchronizations: number;
  /** How often rejecting mentors are asked again before the registrar considers itself alone. Default 10. */
  readonly maximumMentorRounds: number;
  /** How often an ENRP_INIT_TAKEOVER is announced before missing acknowledgements of living peers are overruled. Default 3. */
  readonly maximumTakeoverAttempts: number;
}

/** The defaults of {@link EnrpLimits}. */
export const defaultEnrpLimits: EnrpLimits = {
  maximumPeers: 256,
  maximumReconnectEndpoints: 256,
  maximumReconnectAttempts: 40,
  maximumTableSessions: 16,
  maximumTableElements: 256,
  maximumTableParts: 65_536,
  maximumMessageBytes: 32_768,
  maximumResynchronizations: 4,
  maximumMentorRounds: 10,
  maximumTakeoverAttempts: 3,
};

/**
 * What the profiles change in {@link defaultEnrpLimits}: nothing but in `rsplib`, whose registrars have at most 128
 * elements in a message of a table.
 */
export const enrpLimitProfiles: Readonly<Record<EnrpTimingProfile, Partial<EnrpLimits>>> = {
  rfc: {},
  lan: {},
  wan: {},
  rsplib: { maximumTableElements: 128 },
};
