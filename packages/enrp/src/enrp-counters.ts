import type { EnrpMessage } from '@rserpool/wire';

/** The names of the ENRP messages. */
export type EnrpMessageType = EnrpMessage['type'];

/** What a registrar has counted since its start. All numbers only grow. */
export interface EnrpCounters {
  /** Well-formed messages received, by their names. */
  readonly received: Readonly<Record<EnrpMessageType, number>>;
  /** Messages sent, by their names; one to the group counts once. */
  readonly sent: Readonly<Record<EnrpMessageType, number>>;
  /** Inputs that are no message. */
  readonly malformed: number;
  /** ENRP_ERROR messages that went out for malformed input or unrecognized parameters. */
  readonly errorsReported: number;
  /** Messages with sender identifier 0. */
  readonly senderIdentifierZero: number;
  /** Messages with this registrar's own identifier as sender, from somewhere else. */
  readonly senderIdentifierOwn: number;
  /** Messages whose sender is known over other associations than the one they came on. */
  readonly senderIdentifierMismatch: number;
  /** Messages to an identifier that is neither 0 nor this registrar's. */
  readonly misaddressed: number;
  /** Responses and acknowledgements that nothing waits for. */
  readonly unexpectedResponses: number;
  /** Messages of registrars that found no place in the peer list. */
  readonly peersRefused: number;
  /** Elements that were suggested to a peer (flag T of draft-dreibholz-rserpool-enrp-takeover). */
  readonly takeoverSuggestionsSent: number;
  /** Elements of peers that were taken over because they suggested it. */
  readonly takeoverSuggestionsFollowed: number;
  /** Suggestions of peers that were not followed: the option is off, or this registrar suits the element no better. */
  readonly takeoverSuggestionsIgnored: number;
  /** Updates and table entries that were not applied. */
  readonly updatesRejected: number;
  /** Pools whose elements gave way to those of a peer with precedence that contradicted them. */
  readonly poolsYielded: number;
  /** Presences whose checksum matched this registrar's view of the sender. */
  readonly auditsMatched: number;
  /** Presences whose checksum did not. */
  readonly auditsMismatched: number;
  /** Resynchronizations that were completed. */
  readonly resynchronizations: number;
  /** Takeovers that this registrar started. */
  readonly takeoversStarted: number;
  /** Takeovers that this registrar won. */
  readonly takeoversWon: number;
  /** Peers that were considered dead. */
  readonly peersLost: number;
}

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** The counters as the machine keeps them. */
export type MutableEnrpCounters = Omit<Writable<EnrpCounters>, 'received' | 'sent'> & {
  received: Record<EnrpMessageType, number>;
  sent: Record<EnrpMessageType, number>;
};

function perMessage(): Record<EnrpMessageType, number> {
  return {
    ENRP_PRESENCE: 0,
    ENRP_HANDLE_TABLE_REQUEST: 0,
    ENRP_HANDLE_TABLE_RESPONSE: 0,
    ENRP_HANDLE_UPDATE: 0,
    ENRP_LIST_REQUEST: 0,
    ENRP_LIST_RESPONSE: 0,
    ENRP_INIT_TAKEOVER: 0,
    ENRP_INIT_TAKEOVER_ACK: 0,
    ENRP_TAKEOVER_SERVER: 0,
    ENRP_ERROR: 0,
  };
}

/** Counters that are all zero. */
export function createEnrpCounters(): MutableEnrpCounters {
  return {
    received: perMessage(),
    sent: perMessage(),
    malformed: 0,
    errorsReported: 0,
    senderIdentifierZero: 0,
    senderIdentifierOwn: 0,
    senderIdentifierMismatch: 0,
    misaddressed: 0,
    unexpectedResponses: 0,
    peersRefused: 0,
    takeoverSuggestionsSent: 0,
    takeoverSuggestionsFollowed: 0,
    takeoverSuggestionsIgnored: 0,
    updatesRejected: 0,
    poolsYielded: 0,
    auditsMatched: 0,
    auditsMismatched: 0,
    resynchronizations: 0,
    takeoversStarted: 0,
    takeoversWon: 0,
    peersLost: 0,
  };
}
