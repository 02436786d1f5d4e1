import { sendHeartbeat } from '../path/heartbeat.ts';
import { never } from '../path/path.ts';
import type { Association } from './association.ts';
import { maySendHeartbeats } from './association-state.ts';
import { endAssociation, sendAbort } from './end.ts';

/** How often a silent peer is asked for a sign of life before it counts as gone. */
const probes = 3;

/**
 * When something has to be done about a silent peer (`maximumSilenceMs`): asking it by every path after each quarter of
 * the time, and at its end giving it up. {@link never} where the application has not asked for it.
 */
export function silenceDeadline(association: Association): number {
  const { maximumSilenceMs } = association.parameters;
  if (maximumSilenceMs === undefined || !maySendHeartbeats(association.state)) return never;
  const quarter = maximumSilenceMs / (probes + 1);
  // A host that slept asks first: the silence was its own.
  const since = association.silenceProbes === 0 ? association.heardAt : association.silenceProbedAt;
  return Math.max(since + quarter, association.heardAt + quarter * (association.silenceProbes + 1));
}

/** The deadline has come. */
export function handleSilence(association: Association, now: number): void {
  const { paths, parameters } = association;
  if (association.silenceProbes < probes) {
    association.silenceProbes += 1;
    association.silenceProbedAt = now;
    for (const path of paths.all) sendHeartbeat(association, path, now);
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
