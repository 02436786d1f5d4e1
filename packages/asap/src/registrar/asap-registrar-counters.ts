/** What an {@link AsapRegistrarMachine} counts since its creation; plain numbers that never decrease. */
export interface AsapRegistrarCounters {
  /** Messages of any type received over associations. */
  readonly messagesReceived: number;
  /** Registrations granted, first ones and repeated ones. */
  readonly registrations: number;
  /** Registrations rejected. */
  readonly registrationsRejected: number;
  /** Registrations granted without some of their addresses, which are not the element's or do not reach far enough. */
  readonly registrationsModified: number;
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
  /** Handle resolutions refused because their association sent too many in a second. */
  readonly resolutionsRefused: number;
  /** Subscriptions to pools granted (A flag). */
  readonly subscriptions: number;
  /** Subscriptions refused: too many of the association, or altogether. */
  readonly subscriptionsRefused: number;
  /** Updates of pools sent to subscribers. */
  readonly updatesSent: number;
  /** Updates whose list was cut to what one message may hold; each once, however many subscribers get it. */
  readonly updatesTruncated: number;
  /** Updates that a subscriber was not sent, because a newer one was made before it took the one before. */
  readonly updatesSuperseded: number;
  /** ASAP_ENDPOINT_KEEP_ALIVE messages sent. */
  readonly keepAlivesSent: number;
  /** Keep-alives that a report did not cause, because the element was sent too many in that second. */
  readonly keepAlivesSuppressed: number;
  /** ASAP_ENDPOINT_KEEP_ALIVE_ACK messages that answered one. */
  readonly keepAlivesAcknowledged: number;
  /** Acknowledgements that no keep-alive over that association waited for. */
  readonly keepAlivesUnexpected: number;
  /** ASAP_ENDPOINT_UNREACHABLE messages about known elements. */
  readonly unreachableReports: number;
  /** Those of them that do not count against the element: the same user had reported it just before. */
  readonly unreachableReportsRepeated: number;
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
  /** Associations refused: too many from their address, or altogether. */
  readonly associationsRefused: number;
}

/** Counters that have counted nothing yet. */
export function noCounts(): { -readonly [Name in keyof AsapRegistrarCounters]: number } {
  return {
    messagesReceived: 0,
    registrations: 0,
    registrationsRejected: 0,
    registrationsModified: 0,
    deregistrations: 0,
    deregistrationsRejected: 0,
    resolutions: 0,
    resolutionsUnknown: 0,
    resolutionsTruncated: 0,
    resolutionsRefused: 0,
    subscriptions: 0,
    subscriptionsRefused: 0,
    updatesSent: 0,
    updatesTruncated: 0,
    updatesSuperseded: 0,
    keepAlivesSent: 0,
    keepAlivesSuppressed: 0,
    keepAlivesAcknowledged: 0,
    keepAlivesUnexpected: 0,
    unreachableReports: 0,
    unreachableReportsRepeated: 0,
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
