import { sendHeartbeat } from '../path/heartbeat.ts';
import { never } from '../path/path.ts';
import type { Association } from './association.ts';
import { AssociationState, maySendHeartbeats } from './association-state.ts';
import { endAssociation, sendAbort } from './end.ts';
import { resendShutdownChunk } from './shutdown.ts';

/**
 * How often a silent peer is asked for a sign of life before it counts as gone: after a quarter of the time for the
 * first time, then every sixteenth of it, so that a network that loses many packets does not make a living peer dead.
 */
const probes = 12;
const firstShare = 1 / 4;
const nextShare = 1 / 16;

/**
 * When something has to be done about a silent peer (`maximumSilenceMs`): asking it by every path, and at the end giving
 * it up. {@link never} where the application has not asked for it.
 */
export function silenceDeadline(association: Association): number {
  const { maximumSilenceMs } = association.parameters;
  if (maximumSilenceMs === undefined || association.state < AssociationState.established) return never;
  const { heardAt, silenceProbes, silenceProbedAt } = association;
  const planned = heardAt + maximumSilenceMs * (firstShare + nextShare * silenceProbes);
  // A host that slept asks first: the silence was its own.
  return silenceProbes === 0 ? planned : Math.max(planned, silenceProbedAt + maximumSilenceMs * nextShare);
}

/** The deadline has come. */
export function handleSilence(association: Association, now: number): void {
  const { paths, parameters } = association;
  if (association.silenceProbes < probes) {
    association.silenceProbes += 1;
    association.silenceProbedAt = now;
    // Section 8.3: no HEARTBEATs once SHUTDOWN or SHUTDOWN ACK is out, but that itself wants an answer.
    if (!maySendHeartbeats(association.state)) resendShutdownChunk(association);
    else for (const path of paths.all) sendHeartbeat(association, path, now);
    return;
  }
  for (const path of paths.all) {
    if (path.reachability === 'inactive') continue;
    path.reachability = 'inactive';
    association.pathChanged(path);
  }
  sendAbort(association);
  endAssociation(
    association,
    'heartbeat',
    `nothing came for ${parameters.maximumSilenceMs} ms although it was asked for`,
  );
}
