/** What an {@link AsapRegistrarMachine} counts since its creation; plain numbers that never decrease. */
export interface AsapRegistrarCounters {
  /** Messages of any type received over associations. */
  readonly messagesReceived: number;
  /** Registrations granted, first ones and repeated ones. */
  readonly registrations: number;
  /** Registrations rejected. */
  readonly registrationsRejected: number;
  /** Deregistrations granted. */
  readonly deregistrations: number;
  /** Deregistrations rejected. */
  readonly deregistrationsRejected: number;
  /** Handle resolutions answered with elements. */
  readonly resolutions: number;
  /** Handle resolutions of unknown pools. */
  readonly resolutionsUnknown: number;
  /** Handle resolutions whose list was cut to what one message may hold. */
  readonly resolutionsTruncated: number;
  /** ASAP_ENDPOINT_KEEP_ALIVE messages sent. */
  readonly keepAlivesSent: number;
  /** ASAP_ENDPOINT_KEEP_ALIVE_ACK messages that answered one. */
  readonly keepAlivesAcknowledged: number;
  /** Acknowledgements that no keep-alive over that association waited for. */
  readonly keepAlivesUnexpected: number;
  /** ASAP_ENDPOINT_UNREACHABLE messages about known elements. */
  readonly unreachableReports: number;
  /** ASAP_ENDPOINT_UNREACHABLE messages dropped: unknown element, or too many in a second. */
  readonly unreachableReportsDropped: number;
  /** Elements whose registration life ran out. */
  readonly elementsExpired: number;
  /** Elements removed because they are dead or bad. */
  readonly elementsRemoved: number;
  /** ASAP_SERVER_ANNOUNCE messages sent. */
  readonly announcesSent: number;
  /** Messages that have no meaning for a registrar. */
  readonly messagesIgnored: number;
  /** Things received that are no messages. */
  readonly malformed: number;
  /** ASAP_ERROR messages sent. */
  readonly errorsSent: number;
  /** ASAP_ERROR messages received. */
  readonly errorsReceived: number;
  /** Associations refused. */
  readonly associationsRefused: number;
}

/** Counters that have counted nothing yet. */
export function noCounts(): { -readonly [Name in keyof AsapRegistrarCounters]: number } {
  return {
    messagesReceived: 0,
    registrations: 0,
    registrationsRejected: 0,
    deregistrations: 0,
    deregistrationsRejected: 0,
    resolutions: 0,
    resolutionsUnknown: 0,
    resolutionsTruncated: 0,
    keepAlivesSent: 0,
    keepAlivesAcknowledged: 0,
    keepAlivesUnexpected: 0,
    unreachableReports: 0,
    unreachableReportsDropped: 0,
    elementsExpired: 0,
    elementsRemoved: 0,
    announcesSent: 0,
    messagesIgnored: 0,
    malformed: 0,
    errorsSent: 0,
    errorsReceived: 0,
    associationsRefused: 0,
  };
}
