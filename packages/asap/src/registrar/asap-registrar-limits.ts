import type { AsapTimingProfileName } from '../timing/asap-timing-profiles.ts';

/**
 * What bounds the memory and the traffic of an {@link AsapRegistrarMachine}. Each limit that somebody runs into is
 * counted (`AsapRegistrarCounters`) and told (`AsapRegistrarEvent`). How many pools and elements there may
 * be altogether are limits of the handlespace.
 */
export interface AsapRegistrarLimits {
  /**
   * How many associations may be open before further ones from outside are aborted. Those that the registrar opens
   * itself (for elements without one) count, but are never refused. Default 16384.
   */
  readonly maximumAssociations: number;
  /**
   * How many of them may come from one address; further ones are aborted. Default 1000: one host, also one that
   * translates addresses for many, does not take all there are. (Transports have a limit of their own besides.)
   */
  readonly maximumAssociationsPerAddress: number;
  /** How many own elements one association may have registered; a further one is rejected with Lack of Resources. Default 4096. */
  readonly maximumRegistrationsPerAssociation: number;
  /**
   * How many probes that need an own association, or that adopt, may be unanswered at once; further ones wait for
   * their turn. Periodic keep-alives over open associations do not count. Default 256.
   */
  readonly maximumOutstandingProbes: number;
  /**
   * How many ASAP_ENDPOINT_UNREACHABLE one association may send in a second; further ones are dropped (RFC 5352 section
   * 9.1, threat 8; the message has no answer that could say so). Default 100: a pool user with a hundred sessions that
   * all lose their elements at once is heard. How fast the reports of one user count against one element is another
   * matter: `reportIntervalMs` of `AsapRegistrarTiming`.
   */
  readonly maximumReportsPerSecond: number;
  /**
   * How many ASAP_ENDPOINT_KEEP_ALIVE in a second reports may cause towards one element, whoever sends them (threat 9);
   * beyond it the last one has to tell whether the element lives. Default 10: what ten users see at once has its own
   * keep-alive each, and no number of users can have an element flooded.
   */
  readonly maximumKeepAlivesPerSecond: number;
  /**
   * How many ASAP_HANDLE_RESOLUTION one association may send in a second; further ones are answered with Lack of
   * Resources, because a request that is dropped would only be sent again, and to other registrars as well (section
   * 3.7.2). Default 10000: far more than a user needs that opens sessions or keeps a cache, and a small part of what a
   * registrar can do, so that one user does not crowd out the others. `Infinity` is no limit.
   */
  readonly maximumResolutionsPerSecond: number;
  /**
   * To how many pools one association may subscribe (section 2.2.5); for further ones the A flag is 0. Default 256: a
   * user follows a few pools, a balancer in front of a site some more.
   */
  readonly maximumSubscriptionsPerAssociation: number;
  /**
   * How many subscriptions there may be altogether; 0 turns dynamic updates off. Default 65536: four for each of the
   * associations that may be open, of about 200 bytes each. A pool that somebody subscribed to has its last update kept,
   * which is no larger than the pool itself in the handlespace.
   */
  readonly maximumSubscriptions: number;
  /** How many elements an answer lists at most. Default 1024, which is about what fits one message. */
  readonly maximumResolutionItems: number;
  /**
   * How many elements an answer lists where the request does not say how many it wants; never more than
   * `maximumResolutionItems`. Default 65535: the whole pool, as far as it fits (section 3.3). Smaller makes answers
   * short, and degrades fewer elements of policies that count how often each was listed; who wants more asks for it
   * (option 0x803f).
   */
  readonly defaultResolutionItems: number;
  /** How many bytes an answer takes at most, 256 .. 65532. Default 65532, what RFC 5354's length field can say. */
  readonly maximumResponseBytes: number;
  /** How many other registrars are counted for the announcement period. Default 256. */
  readonly maximumKnownRegistrars: number;
}

/** The defaults of {@link AsapRegistrarLimits}. */
export const defaultAsapRegistrarLimits: AsapRegistrarLimits = {
  maximumAssociations: 16_384,
  maximumAssociationsPerAddress: 1_000,
  maximumRegistrationsPerAssociation: 4_096,
  maximumOutstandingProbes: 256,
  maximumReportsPerSecond: 100,
  maximumKeepAlivesPerSecond: 10,
  maximumResolutionsPerSecond: 10_000,
  maximumSubscriptionsPerAssociation: 256,
  maximumSubscriptions: 65_536,
  maximumResolutionItems: 1_024,
  defaultResolutionItems: 65_535,
  maximumResponseBytes: 65_532,
  maximumKnownRegistrars: 256,
};

/**
 * What the profiles change in {@link defaultAsapRegistrarLimits}: nothing but in `rsplib`, whose clients read no more
 * than 128 elements of an answer, and whose registrars list three where nobody asks for more.
 */
export const asapRegistrarLimitProfiles: Readonly<
  Record<AsapTimingProfileName, Partial<AsapRegistrarLimits>>
> = {
  rfc: {},
  lan: {},
  wan: {},
  rsplib: { maximumResolutionItems: 128, defaultResolutionItems: 3 },
};
