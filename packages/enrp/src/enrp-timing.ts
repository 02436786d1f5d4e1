/** The timers of a registrar among its peers. All values are milliseconds. */
export interface EnrpTiming {
  /**
   * PEER-HEARTBEAT-CYCLE (RFC 5353 sections 3.4.2 and 4.2): how often a presence goes to each peer. It is the
   * period of the audit as well. Shorter finds differences and silent peers sooner; longer costs fewer messages.
   */
  readonly peerHeartbeatCycleMs: number;
  /**
   * How much the heartbeat cycle varies, as a fraction: 0.05 makes it 95 % .. 105 %. It keeps registrars that
   * were started together from sending together. Larger spreads better; too large eats the margin of
   * {@link maxTimeLastHeardMs}. No RFC value; small enough to keep two cycles below MAX-TIME-LAST-HEARD.
   */
  readonly heartbeatJitter: number;
  /**
   * MAX-TIME-LAST-HEARD (RFC 5353 sections 3.4.3 and 4.2): after how long a silence a peer is probed. Shorter
   * starts takeovers sooner; below two heartbeat cycles one lost presence causes a probe.
   */
  readonly maxTimeLastHeardMs: number;
  /**
   * MAX-TIME-NO-RESPONSE (RFC 5353 sections 3.2.2.2, 3.4.3 and 4.2): how long an answer is awaited. Shorter
   * detects dead peers sooner; shorter than a congested round trip takes living peers over.
   */
  readonly maxTimeNoResponseMs: number;
  /**
   * How long the registrar listens for a mentor on the group when no peer is configured. 0 considers itself
   * alone at once, as RFC 5353 section 3.2.2.1 wants it; longer finds a mentor without any configuration.
   */
  readonly mentorDiscoveryMs: number;
  /**
   * The "few seconds" of RFC 5353 section 3.2.2.2 after which mentors that rejected are asked again. Shorter
   * starts sooner beside a mentor that initializes itself; longer loads a busy one less.
   */
  readonly mentorRetryMs: number;
  /**
   * The session timer of RFC 5353 section 3.2.3: how long a download session waits for its next request.
   * Shorter frees the place of a dead requester sooner; shorter than its round trip aborts a living one.
   */
  readonly tableSessionMs: number;
  /**
   * How long a registrar that acknowledged a takeover waits for ENRP_TAKEOVER_SERVER before it monitors the
   * target again. No RFC value (the RFC waits for ever). It should exceed the attempts of an initiator:
   * `limits.maximumTakeoverAttempts` times {@link maxTimeNoResponseMs}. Shorter recovers sooner from a dead
   * initiator; too short starts a second takeover beside a living one.
   */
  readonly takeoverExpiryMs: number;
  /**
   * How long after a change of a peer's elements that was not told by the peer itself its checksum is not
   * trusted: its presence and the change may have crossed. Longer avoids needless resynchronizations; shorter
   * repairs sooner. It has to be below one heartbeat cycle.
   */
  readonly auditSettlingMs: number;
  /**
   * How long an association attempt may take before it is given up and, after a pause, repeated. A transport
   * may try for minutes, and an attempt that began in a partition would outlive it. Shorter finds peers sooner
   * after a partition; shorter than a congested handshake never succeeds.
   */
  readonly associationAttemptMs: number;
  /** The first pause before an endpoint that could not be reached is tried again; it doubles with each attempt. */
  readonly reconnectInitialMs: number;
  /**
   * The longest such pause. With {@link associationAttemptMs} it should not exceed one heartbeat cycle much, so
   * that registrars find each other again soon after a network has healed and agree within three cycles; longer
   * sends fewer attempts to hosts that are away.
   */
  readonly reconnectMaximumMs: number;
  /**
   * The longest such pause for the endpoint of a former peer that did not answer ten times: it grows up to here until
   * `limits.maximumReconnectAttempts`. Configured endpoints are not concerned. Shorter finds a registrar sooner that was
   * away for long and has nobody configured; longer sends fewer attempts to hosts that have gone.
   */
  readonly reconnectDormantMs: number;
}

/** The names of {@link enrpTimingProfiles}. */
export type EnrpTimingProfile = 'rfc' | 'lan' | 'wan' | 'rsplib';

/**
 * Named sets of timers:
 *
 * - `rfc`: the defaults of RFC 5353 section 4.2. A silent registrar is taken over after 66 s.
 * - `lan`: one site with round trips of a few milliseconds. A silent registrar is taken over within about a second.
 * - `wan`: several sites with round trips up to some hundred milliseconds; about ten seconds.
 * - `rsplib`: the defaults of the reference implementation rsplib; to be used where all its registrars do.
 */
export const enrpTimingProfiles: Readonly<Record<EnrpTimingProfile, EnrpTiming>> = {
  rfc: {
    peerHeartbeatCycleMs: 30_000,
    heartbeatJitter: 0.01,
    maxTimeLastHeardMs: 61_000,
    maxTimeNoResponseMs: 5_000,
    mentorDiscoveryMs: 5_000,
    mentorRetryMs: 3_000,
    tableSessionMs: 5_000,
    takeoverExpiryMs: 20_000,
    auditSettlingMs: 1_000,
    associationAttemptMs: 5_000,
    reconnectInitialMs: 1_000,
    reconnectMaximumMs: 25_000,
    reconnectDormantMs: 300_000,
  },
  lan: {
    peerHeartbeatCycleMs: 300,
    heartbeatJitter: 0.05,
    maxTimeLastHeardMs: 750,
    maxTimeNoResponseMs: 300,
    mentorDiscoveryMs: 700,
    mentorRetryMs: 150,
    tableSessionMs: 300,
    takeoverExpiryMs: 1_200,
    auditSettlingMs: 60,
    associationAttemptMs: 150,
    reconnectInitialMs: 50,
    reconnectMaximumMs: 150,
    reconnectDormantMs: 30_000,
  },
  wan: {
    peerHeartbeatCycleMs: 3_000,
    heartbeatJitter: 0.05,
    maxTimeLastHeardMs: 7_000,
    maxTimeNoResponseMs: 3_000,
    mentorDiscoveryMs: 7_000,
    mentorRetryMs: 2_000,
    tableSessionMs: 3_000,
    takeoverExpiryMs: 12_000,
    auditSettlingMs: 600,
    associationAttemptMs: 1_500,
    reconnectInitialMs: 500,
    reconnectMaximumMs: 1_500,
    reconnectDormantMs: 60_000,
  },
  rsplib: {
    peerHeartbeatCycleMs: 2_444,
    heartbeatJitter: 0.125,
    maxTimeLastHeardMs: 5_000,
    maxTimeNoResponseMs: 5_000,
    mentorDiscoveryMs: 5_000,
    mentorRetryMs: 3_000,
    tableSessionMs: 5_000,
    takeoverExpiryMs: 20_000,
    auditSettlingMs: 500,
    associationAttemptMs: 1_200,
    reconnectInitialMs: 500,
    reconnectMaximumMs: 1_200,
    reconnectDormantMs: 60_000,
  },
};
