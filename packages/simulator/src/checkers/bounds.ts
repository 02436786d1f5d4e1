import type { ClusterTiming } from '../cluster/cluster-timing.ts';

/** How long after the last disturbance of whom it concerns each promise may not hold yet, in milliseconds. */
export interface Bounds {
  /** It is known to all registrars that one of them has died, however silently. */
  readonly detection: number;
  /** Registrars are ready, and know each other. */
  readonly peers: number;
  /** Registrars agree about which element has which home. */
  readonly agreement: number;
  /** A living element that wants to be registered is known to every registrar. */
  readonly presence: number;
  /** An element that is dead or has left is known to none. */
  readonly absence: number;
  /** The home that the registrars name is the one that the element itself holds for its home. */
  readonly home: number;
  /** Users get answers again. */
  readonly progress: number;
}

/**
 * The bounds of a profile, each derived from its timers.
 *
 * @param timing - All times of the cluster.
 * @param servesFewDownloads - Whether a registrar gives its table to one other at a time.
 */
export function boundsOf(timing: ClusterTiming, servesFewDownloads: boolean = false): Bounds {
  const { asap, asapRegistrar, enrp, session, sampleMs } = timing;
  /** Three cycles of PEER-HEARTBEAT-CYCLE: within them registrars agree after whatever happened. */
  const threeCycles = 3 * enrp.peerHeartbeatCycleMs * (1 + enrp.heartbeatJitter) + sampleMs;
  /**
   * Until a registrar that died silently is known to be dead: its associations are lost by their heartbeats, or
   * nothing is heard of it for MAX-TIME-LAST-HEARD, and a probe is awaited for MAX-TIME-NO-RESPONSE.
   */
  const { intervalMs, maximumMissed } = timing.registrarHeartbeat;
  const detection = Math.min(intervalMs * maximumMissed, enrp.maxTimeLastHeardMs) + enrp.maxTimeNoResponseMs;
  /**
   * A download that was abandoned keeps the only place until its session timer ends it; who was refused meanwhile asks
   * again at the next PRESENCE.
   */
  const oneCycle = enrp.peerHeartbeatCycleMs * (1 + enrp.heartbeatJitter);
  const refusal = servesFewDownloads ? enrp.tableSessionMs + oneCycle : 0;
  const agreement = threeCycles + refusal;
  /** A keep-alive goes out within the longest interval, and is awaited for the timeout. */
  const { keepAliveIntervalMs, keepAliveJitter, keepAliveTimeoutMs } = asapRegistrar;
  const keepAlive = (1 + keepAliveJitter) * keepAliveIntervalMs + keepAliveTimeoutMs;
  /**
   * An element that was removed while it lived does not know: it waits a grace, which varies by a quarter, for a
   * registrar to adopt it, and then hunts.
   */
  const grace = 1.25 * asap.homeRegistrarLossGraceMs + 1.1 * asap.serverHuntTimeoutMs;
  /**
   * An element without a registration finds a registrar in the next round of its hunt, which has backed off to
   * RETRAN-MAX at most, or after a registration that nobody answered (T2).
   */
  const hunt = 1.1 * asap.maximumServerHuntTimeoutMs + asap.registrationTimeoutMs;
  const presence = Math.max(agreement, grace, hunt) + 4 * sampleMs;
  return {
    detection,
    peers: agreement,
    agreement,
    presence,
    // The home registrar may have died with the element: its successor looks after the element first.
    absence: agreement + keepAlive + asapRegistrar.keepAliveTimeoutMs,
    // Where two registrars have told an element in turn that they are its home, its re-registration decides.
    home: Math.max(presence, Math.min(asap.reregistrationIntervalMs, 120_000) + 4 * sampleMs),
    progress: presence + session.failoverTimeoutMs + timing.retryMs + timing.answerMs,
  };
}
