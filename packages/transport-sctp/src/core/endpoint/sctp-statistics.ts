/** What an endpoint has counted since it was made. */
export interface SctpStatistics {
  /** Packets that came in. */
  packetsReceived: number;
  /** Packets that were sent. */
  packetsSent: number;
  /** Packets with a wrong checksum, dropped (RFC 9260 section 6.8). */
  checksumErrors: number;
  /** Packets that are none, are for another port, or have chunks whose lengths do not fit. */
  malformedPackets: number;
  /** Packets of no association (section 8.4). */
  outOfTheBluePackets: number;
  /** Packets of an association with a wrong verification tag, dropped (section 8.5). */
  wrongTagPackets: number;
  /** INITs that were answered, without any state. */
  initsAnswered: number;
  /** INITs and COOKIE ECHOs that were refused because there are too many associations. */
  refusedForResources: number;
  /** Cookies with a wrong signature, of another association, from another address or used before; dropped. */
  invalidCookies: number;
  /** Cookies that had expired. */
  staleCookies: number;
  /** Chunks of an unknown type. */
  unknownChunks: number;
  /** AUTH chunks with a wrong HMAC; what was behind them was dropped (RFC 4895 section 6.3). */
  authenticationFailures: number;
  /** Answers that were not sent, because too many waited already. */
  droppedControlChunks: number;
  /** ABORTs that were sent in answer to a breach of the protocol. */
  protocolViolations: number;
}

/** Statistics of an endpoint that nothing has happened to. */
export function noStatistics(): SctpStatistics {
  return {
    packetsReceived: 0,
    packetsSent: 0,
    checksumErrors: 0,
    malformedPackets: 0,
    outOfTheBluePackets: 0,
    wrongTagPackets: 0,
    initsAnswered: 0,
    refusedForResources: 0,
    invalidCookies: 0,
    staleCookies: 0,
    unknownChunks: 0,
    authenticationFailures: 0,
    droppedControlChunks: 0,
    protocolViolations: 0,
  };
}
