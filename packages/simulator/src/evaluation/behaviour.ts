import type { AsapRegistrarTiming, AsapTiming } from '@rserpool/asap';
import type { SessionTiming } from '@rserpool/session/machine';
import type { RunParameters } from './parameters.ts';

/** What a model means for network and machines. */
export interface Behaviour {
  /** Whether the transport tells of a peer that is gone. */
  readonly hasTransportNotices: boolean;
  /** Whether an element that ends cleanly refuses new sessions until it has left; otherwise it is gone at once. */
  readonly drains: boolean;
  /** Whether elements send business cards (RFC 5352 section 3.9). */
  readonly sendsBusinessCards: boolean;
  /** Whether a session may go back to the element that it has just left, where the registrar names it again. */
  readonly mayReturn: boolean;
  /** Timers of pool elements and pool users. */
  readonly asap: Partial<AsapTiming>;
  /** Timers and rules of registrars. */
  readonly asapRegistrar: Partial<AsapRegistrarTiming>;
  /** Times of sessions. */
  readonly session: Partial<SessionTiming>;
}

/** A time that no run reaches, in milliseconds. */
const neverMs = 1e15;

/**
 * What the model of a run means for network and machines: the options that `docs/evaluation-model.md` lists.
 *
 * @param parameters - The parameters of the run.
 */
export function behaviourOf(parameters: RunParameters): Behaviour {
  return parameters.model === 'rfc' ? ofProduction(parameters) : ofPapers(parameters);
}

/** What both kinds of model take from the parameters. */
function common(parameters: RunParameters): {
  readonly asap: Partial<AsapTiming>;
  readonly asapRegistrar: Partial<AsapRegistrarTiming>;
} {
  const { maxBadPeReports } = parameters;
  return {
    asap: { reregistrationIntervalMs: parameters.reregistration * 1000 },
    asapRegistrar: {
      keepAliveIntervalMs: parameters.endpointKeepalive * 1000,
      keepAliveTimeoutMs: parameters.endpointKeepaliveTimeout * 1000,
      maximumBadReports: maxBadPeReports === 'unlimited' ? Infinity : maxBadPeReports,
    },
  };
}

function ofProduction(parameters: RunParameters): Behaviour {
  const retryDelayMs = parameters.resolutionRetryDelay * 1000;
  return {
    ...common(parameters),
    hasTransportNotices: true,
    drains: true,
    sendsBusinessCards: true,
    mayReturn: false,
    session: { retryDelayMs, maximumRetryDelayMs: 16 * retryDelayMs },
  };
}

function ofPapers(parameters: RunParameters): Behaviour {
  const { asap, asapRegistrar } = common(parameters);
  const retryDelayMs = parameters.resolutionRetryDelay * 1000;
  return {
    hasTransportNotices: false,
    drains: false,
    sendsBusinessCards: false,
    mayReturn: true,
    asap: {
      ...asap,
      requestTimeoutMs: 5000,
      maximumRequestRetransmissions: 3,
      registrationTimeoutMs: 5000,
      deregistrationTimeoutMs: 5000,
      maximumRegistrationAttempts: 4,
      reregistrationMarginMs: 0,
    },
    asapRegistrar: {
      ...asapRegistrar,
      keepAliveJitter: 0,
      registrationRestartsKeepAlive: false,
      badReportRule: 'reaches',
      reportIntervalMs: 0,
      probeOnReport: false,
    },
    session: {
      // A user tries until it has a result, and pauses only after a resolution that gave nothing.
      connectTimeoutMs: neverMs,
      failoverTimeoutMs: neverMs,
      maximumFailoverAttempts: Infinity,
      retryDelayMs,
      maximumRetryDelayMs: retryDelayMs,
      retryJitter: 0,
    },
  };
}
