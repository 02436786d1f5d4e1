import type { RegistrationLifeUnit } from './asap-timing.ts';

/**
 * Timers, thresholds and conventions of the registrar's side of ASAP (RFC 5352 sections 3.4, 3.5, 3.6 and 7).
 * Every time is in milliseconds. Take one of {@link asapRegistrarTimingProfiles} and overlay what has to differ.
 */
export interface AsapRegistrarTiming {
  /**
   * The mean time between two ASAP_ENDPOINT_KEEP_ALIVE messages to an own pool element (RFC 5352 section 3.5, which
   * names no value), varied each time by {@link keepAliveJitter}. Shorter finds a hung element sooner; longer
   * saves two messages per element and interval.
   */
  readonly keepAliveIntervalMs: number;
  /**
   * By which part of itself that time varies at random either way, 0 .. 1 (0.5: section 3.5 asks for "plus/minus 50
   * percent"), so that the keep-alives to many elements fall out of step. 0 makes the times exact, for comparisons with
   * models that have them so.
   */
  readonly keepAliveJitter: number;
  /**
   * Whether a registration counts as a sign of life: the time to the next keep-alive begins anew, and one that is not
   * answered yet is forgotten (`true`). With `false` keep-alives go on as if there had been none: an element is probed
   * as often however often it tells of its load.
   */
  readonly registrationRestartsKeepAlive: boolean;
  /**
   * How long an ASAP_ENDPOINT_KEEP_ALIVE (and, where needed, the association for it) may remain unanswered before
   * the pool element is removed. Shorter removes a hung element sooner; longer spares a living one behind a slow
   * path or with a busy event loop, and has to exceed the transport's retransmission time.
   */
  readonly keepAliveTimeoutMs: number;
  /**
   * MAX-BAD-PE-REPORT (section 3.5; the RFC names no value, 3 is that of its drafts): how many
   * ASAP_ENDPOINT_UNREACHABLE messages about one element are tolerated although it answers the registrar. Smaller
   * removes an element that users cannot reach sooner; larger keeps mistaken users from removing a good one.
   */
  readonly maximumBadReports: number;
  /** Whether the element goes when the count `exceeds` the threshold (section 3.5), or when it `reaches` it. */
  readonly badReportRule: 'exceeds' | 'reaches';
  /**
   * How long a report of a user about an element stands for its further reports about it, which then do not count
   * against MAX-BAD-PE-REPORT: "an ASAP Endpoint MUST report no more than once each time it encounters such an event"
   * (section 3.5), so that several in a row, as from the many sessions of one user, are one event, and no single user
   * can have an element removed in an instant. 1 s, or 0 where every message counts. Longer protects elements better,
   * shorter removes one sooner that only few users, but these again and again, cannot reach.
   */
  readonly reportIntervalMs: number;
  /** Whether each report is answered with an immediate ASAP_ENDPOINT_KEEP_ALIVE to the element (section 3.5: MUST). */
  readonly probeOnReport: boolean;
  /**
   * Whether peers are told when an element of another registrar is removed here after reports. RFC 5353 section
   * 3.3.2 asks for it (`true`); with `false` the removal stays local and the next audit brings the element back if
   * its home registrar still has it.
   */
  readonly announceForeignRemovals: boolean;
  /**
   * T6-Serverannounce (section 7.1; 1 s): an ASAP_SERVER_ANNOUNCE is sent every (N+1) * T6, N being the number of
   * other registrars heard, so that about one is sent per T6 altogether. Shorter is found sooner; longer is quieter.
   */
  readonly serverAnnounceIntervalMs: number;
  /**
   * Who sends an announcement each T6: the registrars of a scope in turn (`shared`, section 3.6), or `each` of them. Clients of
   * the reference implementation forget a registrar after 5 s: with more than four they need `each`.
   */
  readonly serverAnnounceRule: 'shared' | 'each';
  /** Announcement periods vary by this fraction either way (0 .. 0.5), so that registrars fall out of step. */
  readonly serverAnnounceJitter: number;
  /**
   * The least time that another registrar counts for N after its last announcement (T7-ENRPoutdate, 5 s); at least
   * three announcement periods. Longer keeps the rate lower after a registrar left; shorter adapts sooner.
   */
  readonly registrarOutdateMs: number;
  /**
   * The least time between two updates of one pool to those who subscribed to it (section 2.2.5). The first change is
   * sent at once; what changes within this time after it is sent together. Shorter is more current; longer saves
   * messages to every subscriber while many elements come and go, or tell of their load all the time.
   */
  readonly poolUpdateIntervalMs: number;
  /** The unit of the Registration Life field in registrations; with `milliseconds` the field is unsigned. */
  readonly registrationLifeUnit: RegistrationLifeUnit;
}
