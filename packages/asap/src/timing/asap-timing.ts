/** The unit of the Registration Life field. RFC 5354 section 3.10 says seconds, the reference implementation reads milliseconds. */
export type RegistrationLifeUnit = 'seconds' | 'milliseconds';

/**
 * Timers, thresholds and conventions of pool elements and pool users (RFC 5352 section 7). Every time is in
 * milliseconds. Take one of {@link asapTimingProfiles} and overlay what has to differ.
 */
export interface AsapTiming {
  /**
   * T1-ENRPrequest (RFC 5352 section 7.1; 15 s): how long a handle resolution waits for its answer before it is
   * sent again and a hunt for another registrar starts. Shorter finds a hung registrar sooner; longer spares a
   * slow registrar from being asked twice.
   */
  readonly requestTimeoutMs: number;
  /**
   * MAX-REQUEST-RETRANSMIT (section 7.3; 2): how often a handle resolution is sent again. A request ends after
   * (1 + this) times {@link requestTimeoutMs} at the latest, and what hunts take to find another registrar in
   * between (at most once that again). More survives longer outages, fewer lets the application know sooner.
   */
  readonly maximumRequestRetransmissions: number;
  /**
   * How often a watched pool is asked for where no updates of it come: the registrar sends none (A flag 0, section
   * 2.2.6), or does not know the pool, which it does not tell of when it is created (section 2.2.5). Each time 75 % ..
   * 125 % of it at random. It is also the first pause after a request for updates has failed; the pauses double up to
   * {@link maximumServerHuntTimeoutMs}. Shorter follows such a pool more closely; longer saves requests.
   */
  readonly poolPollIntervalMs: number;
  /**
   * How many requests for the updates of a watched pool may fail in a row before the watch ends with an error. More
   * survives longer outages of all registrars; fewer lets the application know sooner.
   */
  readonly maximumWatchAttempts: number;
  /**
   * T2-registration (section 7.1; 30 s): how long a registration waits for its answer before the pool element
   * looks for another registrar. Shorter leaves a hung registrar sooner; longer tolerates a loaded one.
   */
  readonly registrationTimeoutMs: number;
  /**
   * T3-deregistration (section 7.1; 30 s): the same for a deregistration. Shorter makes a shutdown with a dead
   * registrar quicker; longer gives a loaded one the chance to answer.
   */
  readonly deregistrationTimeoutMs: number;
  /**
   * MAX-REG-ATTEMPT (section 7.3; 2): how many registrations (or deregistrations) in a row may be sent without
   * an answer before the failure is reported and the attempts stop (section 3.1). More keeps an element trying
   * while several registrars hang; fewer reports sooner.
   */
  readonly maximumRegistrationAttempts: number;
  /**
   * The longest T4-reregistration (section 7.1; 10 min). Shorter repairs a handlespace that lost the element
   * sooner; longer saves messages.
   */
  readonly reregistrationIntervalMs: number;
  /**
   * How long before the end of the registration life T4 fires at the latest (section 7.1; 20 s). A larger margin
   * leaves time for a hunt and several attempts; a smaller one re-registers less often. For lives so short that
   * less than a third would be left, T4 is a third of the life, so that two lost attempts do no harm.
   */
  readonly reregistrationMarginMs: number;
  /**
   * The least time between two registrations that the machine decides on itself (T4 of very short lives, and the
   * re-registration after an expiry): keeps an odd registrar from driving the element into a storm. Smaller
   * returns sooner to the pool after an expiry; larger is calmer.
   */
  readonly minimumReregistrationIntervalMs: number;
  /**
   * How long a pool element whose association to its home registrar broke, and that has no request outstanding,
   * waits for a registrar to adopt it (KEEP_ALIVE with the H flag, section 3.4) before it hunts for one and
   * re-registers by itself; each time 75 % .. 125 % of it at random. RFC 5352 section 3.6 asks for a hunt when a
   * request fails, and none has. Longer gives ENRP's takeover (RFC 5353 section 3.5) time to keep all elements of
   * a dead registrar together without a storm of registrations; shorter leaves the element unwatched, and (if
   * the registrar removed it) out of the pool, for less time. Should lie above the registrars' takeover time.
   * Where the registrar aborted the association it has given the element up, and only
   * `minimumReregistrationIntervalMs` is waited for.
   */
  readonly homeRegistrarLossGraceMs: number;
  /**
   * The first pause before the former home registrar is tried again during that grace; it doubles with each attempt.
   * Shorter is back in the handlespace sooner after a short interruption; longer spares a registrar that restarts.
   */
  readonly formerHomeProbeInitialMs: number;
  /**
   * The longest such pause, and so how long an element may stay out of the handlespace after the path to its home
   * registrar is back. Shorter returns sooner; longer spares a dead registrar's host.
   */
  readonly formerHomeProbeMaximumMs: number;
  /**
   * T5-Serverhunt (section 7.1; 10 s): how long one round of the hunt lasts (section 3.6, SH2). Shorter goes on
   * to other registrars sooner; longer gives slow associations the time to come up.
   */
  readonly serverHuntTimeoutMs: number;
  /**
   * RETRAN-MAX (section 7.3; 60 s): the ceiling for the doubling of T5 (SH5.1). Smaller finds a registrar sooner
   * after a long outage; larger spares the network during one.
   */
  readonly maximumServerHuntTimeoutMs: number;
  /**
   * How many rounds a hunt takes before it gives up with an event, and with an error where somebody waits; the
   * RFC names no limit. More survives longer outages of all registrars; fewer reports sooner.
   */
  readonly maximumServerHuntRounds: number;
  /**
   * T7-ENRPoutdate (section 7.1; 5 s): how long an announced registrar stays in the list without a new
   * announcement. Has to exceed the announcement period, which is (N+1) * T6 for N+1 registrars: with the RFC's
   * values that holds up to four. Longer tolerates lost announcements; shorter forgets dead registrars sooner.
   */
  readonly registrarOutdateMs: number;
  /** The unit in which the machine reads the `registrationLife` of the element it registers (to compute T4). */
  readonly registrationLifeUnit: RegistrationLifeUnit;
  /**
   * Which port an announcement without transport parameters means: the `registered` one (3863, section 3.6), or
   * the `source` port of the datagram, as the reference implementation has it.
   */
  readonly announcedPort: 'registered' | 'source';
  /**
   * How many elements a handle resolution asks for where nobody says how many: 0 sends no Handle Resolution option
   * (0x803f), upon which a registrar lists the whole pool (section 3.3); 2^32 - 1 sends it and asks for as many as
   * possible, because the reference implementation lists three where it is not asked for more.
   */
  readonly resolutionItems: number;
}
