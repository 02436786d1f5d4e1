/** What bounds the memory and the traffic of an {@link AsapRegistrarMachine}. */
export interface AsapRegistrarLimits {
  /**
   * How many associations may be open before further ones from outside are aborted. Those that the registrar opens
   * itself (for elements without one) count, but are never refused. Default 16384.
   */
  readonly maximumAssociations: number;
  /** How many own elements one association may have registered; a further one is rejected with Lack of Resources. Default 4096. */
  readonly maximumRegistrationsPerAssociation: number;
  /**
   * How many probes that need an own association, or that adopt, may be unanswered at once; further ones wait for
   * their turn. Periodic keep-alives over open associations do not count. Default 256.
   */
  readonly maximumOutstandingProbes: number;
  /** How many ASAP_ENDPOINT_UNREACHABLE one association may send in a second; further ones are dropped. Default 100. */
  readonly maximumReportsPerSecond: number;
  /** How many elements an answer lists at most. Default 1024, which is about what fits one message. */
  readonly maximumResolutionItems: number;
  /** How many bytes an answer takes at most, 256 .. 65532. Default 65532, what RFC 5354's length field can say. */
  readonly maximumResponseBytes: number;
  /** How many other registrars are counted for the announcement period. Default 256. */
  readonly maximumKnownRegistrars: number;
}

/** The defaults of {@link AsapRegistrarLimits}. */
export const defaultAsapRegistrarLimits: AsapRegistrarLimits = {
  maximumAssociations: 16_384,
  maximumRegistrationsPerAssociation: 4_096,
  maximumOutstandingProbes: 256,
  maximumReportsPerSecond: 100,
  maximumResolutionItems: 1_024,
  maximumResponseBytes: 65_532,
  maximumKnownRegistrars: 256,
};
