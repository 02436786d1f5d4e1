import { asapRegistrarTimingProfiles, asapTimingProfiles } from '@rserpool/asap';
import type { Invariant } from './chaos-invariants.fixture.ts';

const element = asapTimingProfiles.lan;
const registrar = asapRegistrarTimingProfiles.lan;

/** Three cycles of PEER-HEARTBEAT-CYCLE in the profile `lan`, each with its jitter: 3 * 300 ms * 1.05. */
const threeCyclesMs = 945;

/** MAX-TIME-NO-RESPONSE in the profile `lan`: who was killed is noticed at once, and probed before it counts as dead. */
const detectionMs = 300;

/** How the network samples: what happened just before a sample is seen with it. */
const sampleMs = 50;

/** A keep-alive goes out within one and a half intervals, and is awaited for the timeout. */
const keepAliveMs = 1.5 * registrar.keepAliveIntervalMs + registrar.keepAliveTimeoutMs;

/**
 * A registrar that could not reach a living element (it hung, or was behind a partition) has removed it, and the
 * element does not know. It has lost its association, though, waits to be adopted for a grace that varies by a
 * quarter, and then hunts: one round of T5 at most, because everybody can be reached.
 */
const returnMs = 1.25 * element.homeRegistrarLossGraceMs + 1.1 * element.serverHuntTimeoutMs + 4 * sampleMs;

/**
 * How long after the faults each invariant may not hold yet.
 *
 * @param isRegistrarChanged - Whether a registrar was killed or started just before the faults stopped.
 */
export function bounds(isRegistrarChanged: boolean): Readonly<Record<Invariant, number>> {
  const settledMs = threeCyclesMs + sampleMs + (isRegistrarChanged ? detectionMs : 0);
  return {
    ready: settledMs,
    peers: settledMs,
    agreement: settledMs,
    // The home registrar of the dead element may be dead itself: then its successor looks after it first.
    absence: settledMs + keepAliveMs + (isRegistrarChanged ? registrar.keepAliveTimeoutMs : 0),
    presence: returnMs,
    // Where two registrars have told an element in turn that they are its home, it registers at once.
    home: returnMs,
  };
}

/** How long it takes until everything has to hold, and then holds for a while. */
export const calmMs: number = returnMs + 5000;
